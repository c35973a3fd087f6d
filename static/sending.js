// Pictures over a weak line: made smaller, kept on this device, sent piece by piece, continued after a lost network, on
// another page or after a reload. Without this file the form sends them whole.
(function (d) {
  var lateen = self.lateen, owner = d.body.dataset.user, token = d.querySelector('[name=csrfmiddlewaretoken]');
  var place = d.querySelector('[data-arrivals]'), list = d.getElementById('sending'), status = d.getElementById('sending-status');
  if (!lateen || !owner || !token || !self.fetch || !self.FormData || !self.Promise) return;
  var KB = 1024, LEAST = 32 * KB, USUAL = 64 * KB, MOST = 256 * KB, FAST = 125000; // bytes a second: 1 Mbit/s
  var EDGE = 2000, WEEK = 7 * 86400000, PATIENCE = 60000, PROFILE = 'listing_picture';
  var items = [], rate = 0, sleepers = [], hadSome = false;

  // --- this device's own copy, until the site has the picture ---
  var opened = new Promise(function (done) {
    try {
      var asked = indexedDB.open('lateen', 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore('pictures', { keyPath: 'id' }); };
      asked.onsuccess = function () { done(asked.result); };
      asked.onerror = asked.onblocked = function () { done(null); };
    } catch (refused) { done(null); } // private windows: the picture is sent, but does not outlive a reload
  });
  function inStore(mode, act) {
    return opened.then(function (base) {
      if (!base) return undefined;
      return new Promise(function (done) {
        var change = base.transaction('pictures', mode), asked = act(change.objectStore('pictures'));
        change.oncomplete = function () { done(asked.result); };
        change.onerror = change.onabort = function () { done(undefined); };
      });
    }).catch(function () { /* the device is full or refuses */ });
  }
  function keep(kept) { return inStore('readwrite', function (pictures) { return pictures.put(kept); }); }
  function forget(kept) { return inStore('readwrite', function (pictures) { return pictures.delete(kept.id); }); }

  // --- asking the site ---
  function refusal(state, told) { return { status: state, message: told && told.message, offset: told && told.offset }; }
  function call(method, address, body, headers) {
    var watch = self.AbortController ? new AbortController() : null;
    var timer = setTimeout(function () { if (watch) watch.abort(); }, PATIENCE);
    headers = headers || {};
    headers['X-CSRFToken'] = token.value;
    headers.Accept = 'application/json';
    return fetch(address, { method: method, body: body, headers: headers, credentials: 'same-origin', signal: watch ? watch.signal : undefined }).then(function (answer) {
      if (answer.redirected) throw refusal(401, { message: words('signedout') });
      return answer.text().then(function (text) {
        var told = {};
        try { told = JSON.parse(text); } catch (page) { /* an error page */ }
        if (!answer.ok) throw refusal(answer.status, told);
        told.version = answer.headers.get('X-Version');
        return told;
      });
    }).then(function (told) { clearTimeout(timer); return told; }, function (error) { clearTimeout(timer); throw error; });
  }
  function form(values) {
    var body = new FormData();
    Object.keys(values).forEach(function (name) { body.append(name, values[name]); });
    return body;
  }
  function pause(count) { // until the line is back, or a while
    return new Promise(function (done) {
      var timer = setTimeout(wake, Math.min(PATIENCE, 1000 * Math.pow(2, count)));
      function wake() { clearTimeout(timer); sleepers.splice(sleepers.indexOf(wake), 1); done(); }
      sleepers.push(wake);
    });
  }
  function persist(item, step, count) { // a broken line is waited for; what the site says is taken for an answer
    return step().catch(function (error) {
      if (item.isGone || (error && error.status && error.status < 500)) throw error;
      item.isUnsure = true;
      show(item, 'offline');
      return pause(count || 0).then(function () { if (item.isGone) throw error; return persist(item, step, (count || 0) + 1); });
    });
  }

  // --- one picture ---
  function begin(item) {
    var kept = item.kept;
    return persist(item, function () {
      return call('POST', kept.begin, form({ profile: PROFILE, key: kept.key, name: kept.name, size: kept.blob.size }));
    }).then(function (told) { item.address = told.url; item.arrival = told.id; item.offset = told.offset; item.isUnsure = false; });
  }
  function sendRest(item) {
    if (item.offset >= item.kept.blob.size) return Promise.resolve();
    show(item, 'progress');
    return persist(item, function () { return ask(item).then(function () { return sendPiece(item); }); }).then(function () { return sendRest(item); });
  }
  function ask(item) { // after a break: how much has arrived? That much is not sent again
    if (!item.isUnsure) return Promise.resolve();
    return call('GET', item.address).then(function (told) { item.offset = told.offset; item.isUnsure = false; show(item, 'progress'); });
  }
  function sendPiece(item) {
    var size = item.kept.blob.size, length = !isSlow() ? Math.min(MOST, rate) : rate && rate < LEAST / 2 ? LEAST : USUAL;
    var start = item.offset, end = Math.min(size, Math.round(start + length)), at = Date.now();
    if (end <= start) return Promise.resolve();
    return call('PATCH', item.address, item.kept.blob.slice(start, end), { 'Upload-Offset': String(start), 'Content-Type': 'application/offset+octet-stream' }).then(function (told) {
      rate = (end - start) / Math.max(1, Date.now() - at) * 1000;
      item.offset = told.offset;
    }, function (error) {
      if (!error || error.status !== 409 || !(error.offset >= 0) || error.offset === start) throw error;
      item.offset = error.offset;
    });
  }
  function take(item) {
    var step = d.querySelector('form[data-autosave*="/products/' + item.kept.target + '/"]');
    show(item, 'taking');
    function asked() {
      var version = step && step.elements.version;
      return call('POST', item.kept.take, form({ arrival: item.arrival, version: version ? version.value : '' })).then(function (told) {
        if (version && told.version) version.value = told.version;
      });
    }
    return persist(item, function () { return step ? lateen.inTurn(step, asked) : asked(); });
  }
  function deliver(item) {
    return begin(item).then(function () { return sendRest(item); }).then(function () { return turnOf(item); }).then(function () { return take(item); }).catch(function (error) {
      if (item.isGone || !error || (error.status !== 404 && error.status !== 410) || item.restarts >= 2) throw error;
      item.restarts = (item.restarts || 0) + 1; // the site no longer keeps its pieces
      return giveUp(item).then(function () { return deliver(item); });
    });
  }
  function giveUp(item) { return item.address ? call('DELETE', item.address).catch(function () { /* it expires by itself */ }) : Promise.resolve(); }
  function alone(item, work) { // of several windows one sends it; the next finds it sent
    return navigator.locks ? navigator.locks.request('lateen-' + item.kept.id, work) : work();
  }

  // --- all of them: in the order in which they were chosen ---
  function isSlow() {
    var line = navigator.connection || {};
    return Boolean(line.saveData) || /^(slow-2g|2g|3g)$/.test(line.effectiveType || '') || rate < FAST;
  }
  function isBefore(other, item) { return other.number < item.number && other.target === item.target && /^(smaller|waiting|sending)$/.test(other.state); }
  function turnOf(item) {
    return new Promise(function (done) { item.turn = done; callTurns(); });
  }
  function callTurns() {
    items.forEach(function (item) {
      if (!item.turn || items.some(function (other) { return isBefore(other, item); })) return;
      var turn = item.turn;
      item.turn = null;
      turn();
    });
  }
  function pump() {
    var busy = items.filter(function (item) { return item.state === 'sending'; }).length;
    items.forEach(function (item) {
      if (item.state !== 'waiting' || busy >= (isSlow() ? 1 : 2)) return;
      busy += 1;
      item.state = 'sending';
      item.offset = item.offset || 0;
      alone(item, function () { return item.isGone ? Promise.resolve() : deliver(item); }).then(function () { arrived(item); }, function (error) { failed(item, error); }).then(function () { callTurns(); pump(); });
    });
    tell();
  }
  function arrived(item) {
    if (item.isGone) return;
    forget(item.kept);
    drop(item);
    if (place && self.htmx) self.htmx.ajax('GET', place.dataset.shots, { target: '#shots', swap: 'outerHTML' });
  }
  function failed(item, error) {
    if (item.isGone) return;
    var isFinal = error && (error.status === 413 || error.status === 422); // the same bytes would be refused again
    item.state = 'failed';
    show(item, 'failed', error && error.message, isFinal);
    if (isFinal && item.element) { forget(item.kept); giveUp(item); }
  }
  function drop(item) {
    if (item.isGone) return;
    item.isGone = true;
    item.state = 'gone';
    items.splice(items.indexOf(item), 1);
    if (item.element) item.element.remove();
    callTurns();
  }

  // --- what the page says ---
  function words(name, values) {
    var text = (list && list.dataset[name]) || '';
    return text.replace(/\{(\w+)\}/g, function (whole, key) { return values && key in values ? values[key] : whole; });
  }
  function kilobytes(bytes) { return Math.round(bytes / KB).toLocaleString(d.documentElement.lang); }
  function show(item, state, reason, isFinal) {
    if (!item.element) return;
    var size = item.kept ? item.kept.blob.size : 0, bar = item.element.querySelector('progress');
    var text = state === 'failed' ? reason || words('failed') : words(state, { sent: kilobytes(item.offset || 0), total: kilobytes(size) });
    item.element.querySelector('[data-words]').textContent = text;
    item.element.classList.toggle('bad', state === 'failed');
    item.element.querySelector('[data-again]').hidden = state !== 'failed' || Boolean(isFinal);
    bar.hidden = state === 'failed';
    if (size) bar.value = Math.round((item.offset || 0) / size * 100);
    tell();
  }
  function tell() {
    if (!status) return;
    var number = items.filter(function (item) { return item.element && item.state !== 'failed'; }).length, said = '';
    if (number) hadSome = true;
    if (number && navigator.onLine === false) said = status.dataset.offline;
    else if (number) said = status.dataset.underway.replace('{number}', number.toLocaleString(d.documentElement.lang));
    else if (hadSome && !items.length) said = status.dataset.arrived;
    if (status.textContent !== said) status.textContent = said; // a live region: only what is new
    list.hidden = !items.some(function (item) { return item.element; });
  }
  function add(name, number, target) {
    var item = { number: number, target: target, state: 'smaller', offset: 0 };
    items.push(item);
    items.sort(function (one, other) { return one.number - other.number; });
    if (!place || !list || place.dataset.target !== target) return item; // another product's: sent without a word
    item.element = d.importNode(d.getElementById('sending-shot').content, true).firstElementChild;
    item.element.querySelector('[data-name]').textContent = name;
    item.element.querySelector('progress').setAttribute('aria-label', name);
    var away = item.element.querySelector('[data-give-up]');
    away.setAttribute('aria-label', away.dataset.label.replace('{name}', name));
    away.addEventListener('click', function () { if (item.kept) { forget(item.kept); giveUp(item); } drop(item); wakeAll(); tell(); });
    item.element.querySelector('[data-again]').addEventListener('click', function () { item.state = 'waiting'; item.restarts = 0; show(item, 'waiting'); pump(); });
    list.appendChild(item.element);
    return item;
  }

  // --- choosing ---
  function digest(blob) { // the same bytes for the same product are the same picture, also when they are chosen again
    function plain() { return blob.size + '-' + String(blob.lastModified || 0) + '-' + String(blob.name || '').length; }
    if (!self.crypto || !crypto.subtle) return Promise.resolve(plain());
    return new Response(blob).arrayBuffer().then(function (bytes) { return crypto.subtle.digest('SHA-256', bytes); }).then(function (hash) {
      return Array.prototype.map.call(new Uint8Array(hash), function (one) { return ('0' + one.toString(16)).slice(-2); }).join('');
    }).catch(plain);
  }
  function prepare(item, file) {
    return lateen.shrink(file, EDGE).then(function (blob) {
      return digest(blob).then(function (hash) {
        var key = item.target + '-' + hash;
        if (item.isGone) return undefined;
        if (items.some(function (other) { return other.kept && other.kept.key === key; })) return drop(item); // chosen twice
        item.kept = { id: owner + ' ' + key, owner: owner, key: key, target: item.target, begin: place.dataset.arrivals, take: place.dataset.take, name: blob.name || file.name, blob: blob, number: item.number, chosen: Date.now() };
        return keep(item.kept).then(function () { item.state = 'waiting'; show(item, 'waiting'); pump(); });
      });
    }).catch(function () { item.state = 'failed'; show(item, 'failed', '', true); });
  }
  lateen.send = function (field) {
    if (!place || !list || !place.contains(field)) return false;
    var files = Array.from(field.files), names = place.querySelector('[data-drop-names]'), chain = Promise.resolve(), now = Date.now() * 100;
    field.value = ''; // else the form would send them too
    if (names) names.textContent = '';
    files.map(function (file, index) { var item = add(file.name, now + index, place.dataset.target); show(item, 'smaller'); return [item, file]; }).forEach(function (pair) {
      chain = chain.then(function () { return prepare(pair[0], pair[1]); }); // one decoded picture in memory at a time
    });
    tell();
    return true;
  };

  // --- going on ---
  function wakeAll() { sleepers.slice().forEach(function (wake) { wake(); }); }
  addEventListener('online', function () { wakeAll(); tell(); });
  addEventListener('offline', tell);
  d.addEventListener('htmx:afterSettle', function () { // fields for what new pictures show
    var brought = d.querySelector('#shots template[data-alts]'), here = d.querySelector('[data-alts-here]');
    if (!brought || !here) return;
    Array.prototype.forEach.call(brought.content.querySelectorAll('[data-alt]'), function (field) {
      if (!here.querySelector('[data-alt="' + field.dataset.alt + '"]')) here.appendChild(d.importNode(field, true));
    });
    d.getElementById('alts').hidden = !here.children.length;
  });
  inStore('readonly', function (pictures) { return pictures.getAll(); }).then(function (found) {
    (found || []).forEach(function (kept) {
      if (Date.now() - kept.chosen > WEEK) { forget(kept); return; }
      if (kept.owner !== owner || items.some(function (item) { return item.kept && item.kept.id === kept.id; })) return;
      var item = add(kept.name, kept.number, kept.target);
      item.kept = kept;
      item.state = 'waiting';
      show(item, 'waiting');
    });
    pump();
  });
})(document);
