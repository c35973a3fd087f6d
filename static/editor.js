// The seller's forms: autosave, rows, pictures. Each of them also works by its button, without this file.
(function (d) {
  function each(within, what, then) { Array.prototype.forEach.call(within.querySelectorAll(what), then); }
  function closest(event, what) { return event.target.closest ? event.target.closest(what) : null; }

  // --- autosave: <form data-autosave="address" data-draft="key"> ---
  // What is typed is kept on this device until the site has it, under the person's number, so that nobody else is shown it.
  var owner = d.body.dataset.user || 'guest', RETRY = [2000, 5000, 15000, 60000];
  var timers = new WeakMap(), underway = new Map(), asked = new Map(), tries = new WeakMap(), before = new WeakMap();
  var dirty = new Set(), undecided = new Map();
  function isOffline() { return navigator.onLine === false; }
  function statusOf(form) { return form.querySelector('[data-save-status]'); }
  function say(form, state) {
    var line = statusOf(form);
    if (!line) return;
    if (!before.has(line)) before.set(line, line.innerHTML);
    var clock = state === 'saved' ? ' ' + new Date().toLocaleTimeString(d.documentElement.lang, { hour: '2-digit', minute: '2-digit' }) : '';
    line.textContent = (line.dataset[state] || line.dataset.failed) + clock;
    line.dataset.state = state;
  }
  function sayNothing(form) {
    var line = statusOf(form);
    if (!line || !before.has(line)) return;
    line.innerHTML = before.get(line);
    delete line.dataset.state;
  }
  function words(form) {
    var body = new FormData(form);
    Array.from(body.keys()).forEach(function (key) { if (body.get(key) instanceof File) body.delete(key); });
    return body;
  }
  function versionOf(form) { return form.elements.version ? form.elements.version.value : ''; }
  function isTyped(field) { // hidden fields belong to the page, but for the number of rows
    return field.name && !field.disabled && field.type !== 'file' && !/^(submit|button|reset)$/.test(field.type) && (field.type !== 'hidden' || /-TOTAL_FORMS$/.test(field.name));
  }
  function typed(form) {
    var names = {}, body = words(form);
    Array.prototype.forEach.call(form.elements, function (field) { if (isTyped(field)) names[field.name] = true; });
    return { names: Object.keys(names), pairs: Array.from(body.entries()).filter(function (pair) { return names[pair[0]]; }) };
  }
  // Each window keeps its own words; a window that finds none of its own takes up those of one that was closed.
  var tab = String(Math.random()).slice(2), adopted = new WeakMap();
  try { tab = sessionStorage.getItem('lateen-window') || tab; sessionStorage.setItem('lateen-window', tab); } catch (refused) { /* a window without a memory */ }
  function draftName(form) { return 'lateen-draft-' + owner + '-' + form.dataset.draft + '~'; }
  function draftKey(form) { return form.dataset.draft && draftName(form) + tab; }
  function keepHere(form) {
    if (!draftKey(form) || (undecided.has(form) && !undecided.get(form).isShown)) return; // else the page shows the other's words
    var kept = typed(form);
    kept.version = versionOf(form);
    kept.at = Date.now();
    try { localStorage.setItem(draftKey(form), JSON.stringify(kept)); } catch (full) { /* the device refuses: nothing more can be done */ }
  }
  function read(key) {
    try { var kept = JSON.parse(localStorage.getItem(key)); return kept && kept.pairs && kept.names ? kept : null; } catch (broken) { return null; }
  }
  function readHere(form) {
    var found = read(draftKey(form));
    if (found) return found;
    var keys = [];
    try { keys = Object.keys(localStorage); } catch (refused) { /* as above */ }
    keys.filter(function (key) { return key.indexOf(draftName(form)) === 0; }).forEach(function (key) {
      var kept = read(key);
      if (!kept || (found && kept.at < found.at)) return;
      found = kept;
      adopted.set(form, key);
    });
    return found;
  }
  function forgetHere(form) {
    if (!draftKey(form)) return;
    try { localStorage.removeItem(draftKey(form)); if (adopted.has(form)) localStorage.removeItem(adopted.get(form)); } catch (refused) { /* as above */ }
    adopted.delete(form);
  }

  function inTurn(form, work) { // one after the other: each needs the version that the one before has made
    var result = (underway.get(form) || Promise.resolve()).then(work), turn = result.catch(function () { /* told by the work itself */ });
    underway.set(form, turn);
    turn.then(function () { if (underway.get(form) === turn) underway.delete(form); });
    return result;
  }
  function save(form) { // resolves to how it went: saved, offline, failed (no answer), refused, signedout, invalid, conflict
    if (!asked.has(form)) asked.set(form, inTurn(form, function () { asked.delete(form); return sendWords(form); }));
    return asked.get(form);
  }
  function sendWords(form) {
    if (undecided.has(form)) return Promise.resolve('conflict');
    clearTimeout(timers.get(form));
    say(form, 'saving');
    dirty.delete(form);
    return fetch(form.dataset.autosave, { method: 'POST', body: words(form), headers: { 'X-Autosave': '1', Accept: 'application/json' }, credentials: 'same-origin' }).then(function (answer) {
      if (answer.redirected) return 'signedout'; // to the page where one signs in
      if (!answer.ok) return answer.status === 409 ? startConflict(form, answer) : answer.status === 422 ? 'invalid' : answer.status < 500 ? 'refused' : 'failed';
      var version = answer.headers.get('X-Version');
      if (version && form.elements.version) form.elements.version.value = version;
      return 'saved';
    }, function () { return isOffline() ? 'offline' : 'failed'; }).then(function (state) {
      if (state !== 'saved') dirty.add(form);
      if (dirty.has(form)) keepHere(form); else forgetHere(form);
      say(form, state);
      if (isWaiting(state)) again(form); else tries.delete(form);
      return state;
    });
  }
  function isWaiting(state) { return state === 'offline' || state === 'failed'; }
  function again(form) {
    var count = tries.get(form) || 0;
    tries.set(form, count + 1);
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(save, RETRY[Math.min(count, RETRY.length - 1)], form));
  }

  // --- both have changed the same: nobody's words go before the person has decided ---
  function labelOf(form, name) {
    var field = form.elements[name], label = field && field.labels && field.labels[0];
    return label ? label.textContent.trim() : '';
  }
  function textOf(form, pairs, name) {
    return pairs.filter(function (pair) { return pair[0] === name; }).map(function (pair) {
      var field = form.elements[name];
      var option = field && field.options && Array.prototype.filter.call(field.options, function (one) { return one.value === pair[1]; })[0];
      return option ? option.textContent.trim() : pair[1];
    }).join(', ');
  }
  function differing(form, mine, theirs) {
    return mine.names.filter(function (name) { return labelOf(form, name) && textOf(form, mine.pairs, name) !== textOf(form, theirs.pairs, name); });
  }
  function startConflict(form, answer) {
    return Promise.all([answer.json().catch(function () { return {}; }), loadTheirs(form)]).then(function (found) {
      keepHere(form);
      if (found[1] && !differing(form, typed(form), found[1]).length && form.elements.version && found[1].version !== versionOf(form)) {
        form.elements.version.value = found[1].version; // another window saved these very words
        return sendWords(form);
      }
      showConflict(form, { said: found[0].message, mine: typed(form), theirs: found[1], isShown: true });
      return 'conflict';
    });
  }
  function loadTheirs(form) { // the same page as the site has it now
    return fetch(location.pathname, { credentials: 'same-origin' }).then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : ''; }).then(function (text) {
      var other = new DOMParser().parseFromString(text, 'text/html').querySelector('form[data-draft="' + form.dataset.draft + '"]');
      if (!other) return null;
      var theirs = typed(other);
      theirs.version = versionOf(other);
      return theirs;
    }).catch(function () { return null; });
  }
  function showConflict(form, conflict) {
    var template = form.querySelector('template[data-conflict]');
    if (!template || undecided.has(form)) return;
    undecided.set(form, conflict);
    var note = d.importNode(template.content, true).firstElementChild, list = note.querySelector('ul');
    if (conflict.said) note.querySelector('[data-said]').textContent = conflict.said;
    if (conflict.theirs) differing(form, conflict.mine, conflict.theirs).forEach(function (name) {
      var row = list.appendChild(d.createElement('li'));
      row.appendChild(d.createElement('b')).textContent = labelOf(form, name);
      ['theirs', 'mine'].forEach(function (side) {
        row.appendChild(d.createElement('br'));
        row.appendChild(d.createTextNode(list.dataset[side] + ' '));
        row.appendChild(d.createElement('bdi')).textContent = textOf(form, conflict[side].pairs, name) || list.dataset.nothing;
      });
    });
    note.addEventListener('click', function (event) {
      if (closest(event, '[data-use-mine]')) useMine(form, conflict, note);
      if (closest(event, '[data-discard-mine]')) discardMine(form, conflict, note);
    });
    form.insertBefore(note, form.firstChild);
    say(form, 'conflict');
  }
  function useMine(form, conflict, note) {
    loadTheirs(form).then(function (theirs) {
      if (!theirs) { say(form, isOffline() ? 'offline' : 'failed'); return; }
      if (!conflict.isShown) putBack(form, conflict.mine);
      if (form.elements.version) form.elements.version.value = theirs.version;
      undecided.delete(form);
      note.remove();
      dirty.add(form);
      save(form);
    });
  }
  function discardMine(form, conflict, note) {
    undecided.delete(form);
    dirty.delete(form);
    forgetHere(form);
    note.remove();
    if (conflict.isShown) location.reload(); else sayNothing(form);
  }

  // --- back on the page with words that the site does not have yet ---
  function putBack(form, kept) {
    each(form, '[data-formset]', function (set) {
      var total = set.querySelector('[name="' + set.dataset.formset + '-TOTAL_FORMS"]');
      kept.pairs.forEach(function (pair) { while (pair[0] === total.name && Number(total.value) < Number(pair[1])) addRow(set); });
    });
    var values = {}, known = {};
    kept.names.forEach(function (name) { known[name] = true; });
    kept.pairs.forEach(function (pair) { (values[pair[0]] = values[pair[0]] || []).push(pair[1]); });
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!isTyped(field) || field.type === 'hidden' || !known[field.name]) return;
      var mine = values[field.name] || [];
      if (field.type === 'checkbox' || field.type === 'radio') field.checked = mine.indexOf(field.value) >= 0;
      else if (field.type === 'select-multiple') Array.prototype.forEach.call(field.options, function (option) { option.selected = mine.indexOf(option.value) >= 0; });
      else if (mine.length) field.value = mine.shift();
    });
    each(form, '[data-row] [name$="-DELETE"]', function (box) { box.closest('[data-row]').hidden = box.checked; });
  }
  function languagesWithout(form, kept) {
    var codes = {};
    kept.pairs.forEach(function (pair) {
      var found = /^text-(.+)-(?:title|summary|description)$/.exec(pair[0]);
      if (found && pair[1] && !form.elements[pair[0]]) codes[found[1]] = true;
    });
    return Object.keys(codes);
  }
  function restore(form) {
    var kept = readHere(form), here = typed(form), refused = d.querySelector('.error-summary');
    if (form.querySelector('[data-unsaved]')) { dirty.add(form); keepHere(form); return; } // the site shows what was typed, and has not kept it
    if (!kept) return;
    var absent = languagesWithout(form, kept);
    if (absent.length) { // sections that were begun and never saved: the page is asked for again with them; nothing is forgotten
      if (location.search.indexOf('languages=') < 0) location.replace(location.pathname + '?' + absent.map(function (code) { return 'languages=' + encodeURIComponent(code); }).join('&'));
      return;
    }
    function mineOf(pairs) { return JSON.stringify(pairs.filter(function (pair) { return kept.names.indexOf(pair[0]) >= 0; })); }
    if (mineOf(here.pairs) === mineOf(kept.pairs)) { // it arrived after all; or the page that refused it shows it
      if (refused) dirty.add(form); else forgetHere(form);
      return;
    }
    here.version = versionOf(form);
    if (kept.version !== here.version) { showConflict(form, { mine: kept, theirs: here, isShown: false }); return; }
    putBack(form, kept);
    dirty.add(form);
    say(form, 'restored');
    var template = form.querySelector('template[data-brought-back]');
    if (template) form.insertBefore(d.importNode(template.content, true), form.firstChild);
    timers.set(form, setTimeout(save, 1500, form));
  }
  function isChanged(field) { // since the site wrote the page: typed before this file had come over a slow line
    if (!isTyped(field) || field.type === 'hidden') return false;
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
    if (!field.options) return field.value !== field.defaultValue;
    var written = Array.prototype.filter.call(field.options, function (option) { return option.defaultSelected; });
    return Boolean(written.length) && !written[0].selected;
  }
  function takeUp(form) {
    if (dirty.has(form) || !Array.prototype.some.call(form.elements, isChanged)) return;
    dirty.add(form);
    keepHere(form);
    timers.set(form, setTimeout(save, 1500, form));
  }
  function tellLine() {
    each(d, 'form[data-autosave]', function (form) {
      var line = statusOf(form);
      if (isOffline()) say(form, 'offline');
      else if (dirty.has(form)) save(form);
      else if (line && line.dataset.state === 'offline') sayNothing(form);
    });
  }
  d.addEventListener('input', function (event) {
    var form = event.target.form;
    if (!form || event.target.type === 'file') return;
    if (!form.matches('[data-autosave],[data-warn-unsaved]')) return;
    dirty.add(form);
    if (!form.dataset.autosave) return;
    keepHere(form);
    if (isOffline()) say(form, 'offline');
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(save, 1500, form));
  });
  d.addEventListener('submit', function (event) {
    var form = event.target, button = event.submitter;
    clearTimeout(timers.get(form));
    if (form.dataset.sent) { event.preventDefault(); return; } // a second click changes nothing
    if (!form.dataset.autosave && form.matches('[data-warn-unsaved]') && isOffline()) { // the page stays, with its words
      event.preventDefault();
      say(form, 'offline');
      return;
    }
    if (underway.has(form)) {
      event.preventDefault();
      underway.get(form).then(function () { form.requestSubmit(button); });
      return;
    }
    if (form.dataset.autosave && dirty.has(form) && statusOf(form) && !form.dataset.tried) { // saved first: without a line the page stays, with its words
      event.preventDefault();
      save(form).then(function (state) {
        if (isWaiting(state)) return;
        form.dataset.tried = '1'; // what could not be saved goes to the page that says why
        form.requestSubmit(button);
      });
      return;
    }
    delete form.dataset.tried;
    if (form.matches('[data-autosave],[data-warn-unsaved]')) form.dataset.sent = '1';
    dirty.delete(form);
  });
  addEventListener('pageshow', function () { each(d, 'form[data-sent]', function (form) { delete form.dataset.sent; }); });
  addEventListener('online', tellLine);
  addEventListener('offline', tellLine);
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
  var LARGE = 1024 * 1024;
  function shrink(file, edge) { // the file itself when it is small, cannot be read here (HEIC), or would become larger
    if (!/^image\/(jpeg|png|webp|hei[cf])$/.test(file.type) || !self.createImageBitmap) return Promise.resolve(file);
    return new Promise(function (done) { done(createImageBitmap(file, { imageOrientation: 'from-image' })); }).then(function (bitmap) {
      var scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height)), canvas = d.createElement('canvas'), pen;
      if (scale === 1 && (file.type !== 'image/jpeg' || file.size < LARGE)) return null;
      canvas.width = Math.max(1, Math.round(bitmap.width * scale));
      canvas.height = Math.max(1, Math.round(bitmap.height * scale));
      pen = canvas.getContext('2d');
      pen.fillStyle = '#fff'; // a JPEG knows no transparency
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      if (bitmap.close) bitmap.close();
      return new Promise(function (done) { canvas.toBlob(done, 'image/jpeg', 0.85); });
    }).then(function (blob) {
      return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.(png|webp|hei[cf])$/i, '.jpg'), { type: 'image/jpeg' }) : file;
    }).catch(function () { return file; }); // the server says what is wrong with it
  }
  d.addEventListener('change', function (event) {
    var field = event.target;
    if (!field.matches('input[type=file][data-shrink]') || !field.files.length) return;
    if (self.lateen.send && self.lateen.send(field)) return; // in pieces, by sending.js
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
  self.lateen = { inTurn: inTurn, shrink: shrink };
  each(d, 'form[data-draft]', restore);
  each(d, 'form[data-autosave]', takeUp);
  if (isOffline()) tellLine();
  watchAll();
})(document);
