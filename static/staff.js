// Keys for officers: A C X decide, J K move. Silent inside fields, with a modifier, or when switched off.
(function (d) {
  function typing(element) {
    if (/^(checkbox|radio|submit|button)$/.test(element.type)) return false; // a letter does nothing there
    return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  }
  d.addEventListener('keydown', function (event) {
    if (d.body.dataset.shortcuts === 'off' || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    var target = d.querySelector('[data-key="' + (/^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : '-') + '"]');
    if (!target || target.disabled) return;
    event.preventDefault();
    target.click();
  });
})(document);
