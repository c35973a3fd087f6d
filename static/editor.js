// The seller's forms: autosave, rows, pictures. Each of them also works by its button, without this file.
(function (d) {
  function each(within, what, then) { Array.prototype.forEach.call(within.querySelectorAll(what), then); }
  function closest(event, what) { return event.target.closest ? event.target.closest(what) : null; }

  // --- autosave: <form data-autosave="address" data-draft="key"> ---
  var timers = new WeakMap(), underway = new Map(), dirty = new Set();
  function say(form, state) {
    var line = form.querySelector('[data-save-status]');
    if (!line) return;
    var clock = state === 'saved' ? ' ' + new Date().toLocaleTimeString(d.documentElement.lang, { hour: '2-digit', minute: '2-digit' }) : '';
    line.textContent = line.dataset[state] + clock;
    line.dataset.state = state;
  }
  function words(form) {
    var body = new FormData(form);
    Array.from(body.keys()).forEach(function (key) { if (body.get(key) instanceof File) body.delete(key); });
    return body;
  }
  function draftKey(form) { return form.dataset.draft && 'lateen-draft-' + form.dataset.draft; }
  function keepHere(form) {
    if (!draftKey(form)) return;
    var pairs = Array.from(words(form).entries()).filter(function (pair) { return pair[0] !== 'csrfmiddlewaretoken' && pair[0] !== 'version'; });
    var version = form.elements.version && form.elements.version.value;
    try { localStorage.setItem(draftKey(form), JSON.stringify({ version: version, pairs: pairs })); } catch (full) { /* the device refuses: nothing more can be done */ }
  }
  function forgetHere(form) { try { localStorage.removeItem(draftKey(form)); } catch (refused) { /* as above */ } }
  function save(form) { // one after the other: each needs the version that the one before has made
    if (underway.has(form)) { underway.get(form).then(function () { save(form); }); return; }
    say(form, 'saving');
    dirty.delete(form);
    underway.set(form, fetch(form.dataset.autosave, { method: 'POST', body: words(form), headers: { 'X-Autosave': '1', Accept: 'application/json' }, credentials: 'same-origin' })
      .then(function (answer) {
        if (!answer.ok) throw answer;
        forgetHere(form);
        say(form, 'saved');
        return answer.headers.get('X-Version');
      })
      .then(function (version) { var field = form.elements.version; if (field && version) field.value = version; })
      .catch(function (answer) { dirty.add(form); keepHere(form); say(form, { 409: 'conflict', 422: 'invalid' }[answer && answer.status] || 'failed'); })
      .then(function () { underway.delete(form); }));
  }
  function restore(form) {
    var kept;
    try { kept = JSON.parse(localStorage.getItem(draftKey(form))); } catch (broken) { return; }
    if (!kept || !kept.pairs) return;
    // the words go back to the version that they were written on: if a colleague saved since, the site says so
    if (form.elements.version && kept.version) form.elements.version.value = kept.version;
    kept.pairs.forEach(function (pair) {
      var field = form.elements[pair[0]];
      if (field && 'value' in field && field.type !== 'checkbox' && field.type !== 'hidden') field.value = pair[1];
    });
    dirty.add(form);
    say(form, 'restored');
  }
  d.addEventListener('input', function (event) {
    var form = event.target.form;
    if (!form || event.target.type === 'file') return;
    if (!form.matches('[data-autosave],[data-warn-unsaved]')) return;
    dirty.add(form);
    if (!form.dataset.autosave) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(save, 1500, form));
  });
  d.addEventListener('submit', function (event) {
    var form = event.target, button = event.submitter;
    clearTimeout(timers.get(form));
    if (form.dataset.sent) { event.preventDefault(); return; } // a second click changes nothing
    if (underway.has(form)) {
      event.preventDefault();
      underway.get(form).then(function () { form.requestSubmit(button); });
      return;
    }
    if (form.matches('[data-autosave],[data-warn-unsaved]')) form.dataset.sent = '1';
    dirty.delete(form);
    if (draftKey(form)) forgetHere(form);
  });
  addEventListener('pageshow', function () { each(d, 'form[data-sent]', function (form) { delete form.dataset.sent; }); });
  addEventListener('online', function () { dirty.forEach(function (form) { if (form.dataset.autosave) save(form); }); });
  addEventListener('beforeunload', function (event) { if (dirty.size) { event.preventDefault(); event.returnValue = ''; } });

  // --- rows of a formset: [data-formset="prefix"] with a <template>, a [data-rows] list, add and remove buttons ---
  function addRow(set) {
    var total = set.querySelector('[name="' + set.dataset.formset + '-TOTAL_FORMS"]');
    var holder = d.createElement('div');
    holder.innerHTML = set.querySelector('template').innerHTML.replace(/__prefix__/g, total.value);
    total.value = Number(total.value) + 1;
    var row = holder.firstElementChild;
    set.querySelector('[data-rows]').appendChild(row);
    var first = row.querySelector('input:not([type=hidden]),select,textarea');
    if (first) first.focus();
  }
  function removeRow(row) {
    var box = row.querySelector('[name$="-DELETE"]');
    if (!box) return;
    box.checked = true;
    row.hidden = true;
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }
  d.addEventListener('click', function (event) {
    var add = closest(event, '[data-add-row]'), remove = closest(event, '[data-remove-row]');
    if (add) { event.preventDefault(); addRow(add.closest('[data-formset]')); }
    if (remove) { event.preventDefault(); removeRow(remove.closest('[data-row]')); }
  });

  // --- pictures: made smaller before they are sent, and watched until they are ready ---
  var SMALL_ENOUGH = 600 * 1024;
  function shrink(file, edge) {
    if (file.type !== 'image/jpeg' || file.size < SMALL_ENOUGH || !self.createImageBitmap) return Promise.resolve(file);
    return createImageBitmap(file).then(function (bitmap) {
      var scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height)), canvas = d.createElement('canvas');
      canvas.width = Math.round(bitmap.width * scale);
      canvas.height = Math.round(bitmap.height * scale);
      canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      return new Promise(function (done) { canvas.toBlob(done, 'image/jpeg', 0.88); });
    }).then(function (blob) {
      return blob && blob.size < file.size ? new File([blob], file.name, { type: 'image/jpeg' }) : file;
    }).catch(function () { return file; }); // the server says what is wrong with it
  }
  d.addEventListener('change', function (event) {
    var field = event.target;
    if (!field.matches('input[type=file][data-shrink]') || !field.files.length) return;
    Promise.all(Array.from(field.files).map(function (file) { return shrink(file, Number(field.dataset.shrink)); })).then(function (files) {
      var bag = new DataTransfer();
      files.forEach(function (file) { bag.items.add(file); });
      field.files = bag.files;
      var button = field.form.querySelector('[data-send-files]');
      if (button) field.form.requestSubmit(button);
    });
  });
  var waits = {};
  function watch(element) {
    if (element.dataset.watched) return;
    element.dataset.watched = '1';
    var wait = waits[element.id] = Math.min(15000, (waits[element.id] || 2000) * 1.5);
    setTimeout(function ask() {
      if (!element.isConnected) return;
      if (d.hidden) { setTimeout(ask, 3000); return; }
      self.htmx.ajax('GET', element.dataset.poll, { target: element, swap: 'outerHTML' }).catch(function () { setTimeout(ask, wait); });
    }, wait);
  }
  function watchAll() { each(d, '[data-poll]', watch); }
  d.addEventListener('htmx:afterSettle', watchAll);
  each(d, 'form[data-draft]', restore);
  watchAll();
})(document);
