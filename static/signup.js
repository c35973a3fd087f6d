// Shows only the questions for what the person came for; without this file all stand there with a hint.
(function (d) {
  var choices = d.querySelectorAll('input[name="purpose"]');
  function show() {
    var chosen = d.querySelector('input[name="purpose"]:checked');
    d.querySelectorAll('[data-shown-for]').forEach(function (part) { part.hidden = !chosen || chosen.value !== part.dataset.shownFor; });
  }
  choices.forEach(function (choice) { choice.addEventListener('change', show); });
  show();
})(document);
