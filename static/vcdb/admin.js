/* Django's search boxes come without a name: give each that of its label. */
window.addEventListener('load', function () {
  'use strict';
  document.querySelectorAll('select.admin-autocomplete').forEach(function (select) {
    var label = document.querySelector('label[for="' + CSS.escape(select.id) + '"]');
    var box = select.nextElementSibling;
    if (!label || !box) { return; }
    var name = label.textContent.trim().replace(/:$/, '');
    box.querySelectorAll('[role=combobox], [role=textbox]').forEach(function (part) { part.setAttribute('aria-label', name); });
  });
});
