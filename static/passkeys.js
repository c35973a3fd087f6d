// Passkeys: forms marked data-passkey="get" or "create" appear where the browser can, ask the device, then submit.
(function (d) {
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  function toBytes(text) {
    var plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }
  function toText(buffer) {
    var plain = '';
    new Uint8Array(buffer).forEach(function (byte) { plain += String.fromCharCode(byte); });
    return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  }
  function withId(known) { return Object.assign({}, known, { id: toBytes(known.id) }); }

  function decode(options) {
    var key = Object.assign({}, options.publicKey);
    key.challenge = toBytes(key.challenge);
    if (key.user) key.user = withId(key.user);
    ['allowCredentials', 'excludeCredentials'].forEach(function (list) { if (key[list]) key[list] = key[list].map(withId); });
    return { publicKey: key };
  }

  function encode(made) {
    var answer = { clientDataJSON: toText(made.response.clientDataJSON) };
    ['attestationObject', 'authenticatorData', 'signature', 'userHandle'].forEach(function (part) {
      if (made.response[part]) answer[part] = toText(made.response[part]);
    });
    if (made.response.getTransports) answer.transports = made.response.getTransports();
    return JSON.stringify({
      type: made.type, id: made.id, rawId: toText(made.rawId), response: answer,
      authenticatorAttachment: made.authenticatorAttachment, clientExtensionResults: made.getClientExtensionResults(),
    });
  }

  function findOptions(form) {
    if (!form.dataset.optionsUrl) return Promise.resolve(JSON.parse(d.getElementById(form.dataset.options).textContent));
    return fetch(form.dataset.optionsUrl, { headers: { Accept: 'application/json' }, credentials: 'same-origin' }).then(function (response) {
      if (!response.ok) throw new Error('no options');
      return response.json();
    });
  }

  function ask(form, data) {
    if (form.dataset.passkey === 'get') return navigator.credentials.get(decode(data.request_options));
    var wanted = decode(data.creation_options), alone = form.elements.passwordless && form.elements.passwordless.checked;
    wanted.publicKey.authenticatorSelection = Object.assign({}, wanted.publicKey.authenticatorSelection, {
      residentKey: alone ? 'required' : 'discouraged', requireResidentKey: alone,
      userVerification: alone ? 'required' : 'discouraged',
    });
    return navigator.credentials.create(wanted);
  }

  d.querySelectorAll('form[data-passkey]').forEach(function (form) {
    var problem = form.querySelector('[data-passkey-problem]');
    form.hidden = false;
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      problem.hidden = true;
      findOptions(form).then(function (data) { return ask(form, data); }).then(function (made) {
        form.elements.credential.value = encode(made);
        form.submit();
      }).catch(function () { problem.hidden = false; });
    });
  });
  d.querySelectorAll('[data-passkey-missing]').forEach(function (words) { words.hidden = true; });
})(document);
