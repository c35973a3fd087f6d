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

  // Under a search field: what may be meant, or what was looked for lately (which only this browser keeps).
  function readRecent() { try { return JSON.parse(localStorage.getItem('searches')) || []; } catch (error) { return []; } }
  function keepRecent(words) {
    try { localStorage.setItem('searches', JSON.stringify([words].concat(readRecent().filter(function (old) { return old !== words; })).slice(0, 5))); } catch (error) { /* private mode */ }
  }
  function helpToSearch(form) {
    var input = form.querySelector('input[type=search]'), list = d.createElement('ul'), timer, turn = 0;
    list.className = 'suggest';
    list.hidden = true;
    form.appendChild(list);
    function show() { list.hidden = !list.children.length; }
    function showRecent() {
      list.textContent = '';
      readRecent().forEach(function (words) {
        var link = list.appendChild(d.createElement('li')).appendChild(d.createElement('a'));
        link.href = form.action + '?q=' + encodeURIComponent(words);
        link.textContent = words;
        link.dir = 'auto';
      });
      show();
    }
    function ask() {
      var mine = ++turn, words = input.value.trim();
      if (!words) return showRecent();
      fetch(form.dataset.suggest + '?q=' + encodeURIComponent(words)).then(function (answer) { return answer.ok ? answer.text() : ''; }).then(function (text) {
        if (mine === turn && form.contains(d.activeElement)) { list.innerHTML = text; show(); }
      }, function () { /* the line is down: searching still works */ });
    }
    input.setAttribute('autocomplete', 'off');
    input.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(ask, 120); });
    input.addEventListener('focus', function () { if (!input.value) showRecent(); });
    form.addEventListener('submit', function () { turn++; if (input.value.trim()) keepRecent(input.value.trim().slice(0, 80)); });
    form.addEventListener('focusout', function (event) { if (!form.contains(event.relatedTarget)) list.hidden = true; });
    form.addEventListener('keydown', function (event) {
      var step = { ArrowDown: 1, ArrowUp: -1 }[event.key], links = Array.prototype.slice.call(list.querySelectorAll('a'));
      if (event.key === 'Escape' && !list.hidden) { list.hidden = true; input.focus(); event.preventDefault(); }
      if (!step || list.hidden) return;
      event.preventDefault();
      (links[links.indexOf(d.activeElement) + step] || input).focus();
    });
  }

  // Four products fit side by side: with four ticks the other boxes rest.
  d.addEventListener('change', function (event) {
    if (!event.target.matches('[form=compare]')) return;
    var full = d.querySelectorAll('[form=compare]:checked').length >= 4;
    each(d, '[form=compare]', function (box) { box.disabled = full && !box.checked; });
  });

  function prepare(within) {
    each(within, 'form[data-suggest]', helpToSearch);
    each(within, '[data-reveal][hidden]', function (button) { button.hidden = false; });
    each(within, '[data-js-hide]', function (element) { element.hidden = true; });
    var summary = within.querySelector('.error-summary');
    if (summary && !location.hash) summary.focus();
  }
  prepare(d);
  d.addEventListener('htmx:load', function (event) { if (event.detail.elt !== d.body) prepare(event.detail.elt); });
})(document);
