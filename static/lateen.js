// Everything works without this file. It only shortens the path.
(function (d) {
  var root = d.documentElement;
  function each(within, what, then) { Array.prototype.forEach.call(within.querySelectorAll(what), then); }

  function swapPicture(link) {
    var shown = d.querySelector('.main-shot img'), small = link.querySelector('img');
    each(d, '.main-shot source', function (source) { source.remove(); });
    ['srcset', 'sizes'].forEach(function (name) { if (link.dataset[name]) shown[name] = link.dataset[name]; else shown.removeAttribute(name); });
    shown.src = link.dataset.full || link.href;
    shown.alt = link.dataset.alt || small.alt;
    each(d, '.thumbs a', function (other) { other.removeAttribute('aria-current'); });
    link.setAttribute('aria-current', 'true');
  }

  function reveal(button) {
    var field = d.getElementById(button.dataset.reveal), hidden = field.type === 'password', label = button.textContent;
    field.type = hidden ? 'text' : 'password';
    button.textContent = button.dataset.hide;
    button.dataset.hide = label;
    button.setAttribute('aria-pressed', hidden);
  }

  d.addEventListener('click', function (event) {
    var target = event.target.closest('[data-dismiss],[data-theme-toggle],[data-reveal],.thumbs a');
    if (!target) return;
    if (target.matches('[data-dismiss]')) target.closest('.toast').remove();
    else if (target.matches('[data-theme-toggle]')) {
      var dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
      root.dataset.theme = dark ? 'light' : 'dark';
    } else if (target.matches('[data-reveal]')) reveal(target);
    else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); swapPicture(target); }
  });

  function showNames(zone) {
    var line = zone.querySelector('[data-drop-names]');
    if (line) line.textContent = Array.prototype.map.call(zone.querySelector('input').files, function (file) { return file.name; }).join(', ');
  }
  function onDrag(event) {
    var zone = event.target.closest && event.target.closest('[data-drop]');
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle('over', event.type === 'dragover');
    if (event.type !== 'drop') return;
    zone.querySelector('input').files = event.dataTransfer.files;
    zone.querySelector('input').dispatchEvent(new Event('change', { bubbles: true }));
  }
  ['dragover', 'dragleave', 'drop'].forEach(function (name) { d.addEventListener(name, onDrag); });
  d.addEventListener('change', function (event) { var zone = event.target.closest('[data-drop]'); if (zone) showNames(zone); });

  // A filter or a sort order that refreshes on change; without this file its button does.
  d.addEventListener('change', function (event) { if (event.target.matches('[data-submit-on-change]')) event.target.form.requestSubmit(); });

  function prepare(within) {
    each(within, '[data-reveal][hidden]', function (button) { button.hidden = false; });
    each(within, '[data-js-hide]', function (element) { element.hidden = true; });
    var summary = within.querySelector('.error-summary');
    if (summary && !location.hash) summary.focus();
  }
  prepare(d);
  d.addEventListener('htmx:load', function (event) { if (event.detail.elt !== d.body) prepare(event.detail.elt); });
})(document);
