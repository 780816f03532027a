/* Small helps only: every page works without this file. */
(function () {
  'use strict';

  // Bulk selection: a tick for all, the running count, and no button that would do nothing
  function bulk(form) {
    if (form.dataset.ready) { return; }
    form.dataset.ready = 'yes';
    var boxes = Array.prototype.slice.call(form.querySelectorAll('tbody input[type=checkbox]'));
    var out = form.querySelector('[data-count]');
    var head = form.querySelector('thead th.n');
    var all = null;
    if (head && boxes.length > 1) {
      all = document.createElement('input');
      all.type = 'checkbox';
      all.className = 'vcdb-check';
      all.setAttribute('aria-label', 'Select all shown');
      var hit = document.createElement('span');
      hit.className = 'vcdb-hit';
      hit.appendChild(all);
      head.replaceChildren(hit);
      all.addEventListener('change', function () { boxes.forEach(function (b) { b.checked = all.checked; }); show(); });
    }
    function show() {
      var n = 0;
      boxes.forEach(function (b) { if (b.checked) { n += 1; } b.closest('tr').classList.toggle('is-selected', b.checked); });
      if (out) { out.textContent = (n || 'None') + ' ' + (out.dataset.noun || 'selected'); }
      if (all) { all.checked = n > 0 && n === boxes.length; all.indeterminate = n > 0 && n < boxes.length; }
      form.querySelectorAll('.vcdb-bulk button').forEach(function (b) { b.disabled = n === 0; });
    }
    boxes.forEach(function (b) { b.addEventListener('change', show); });
    show();
  }

  // One-letter choices: only when no field has focus, and only while they are switched on
  function keys(event) {
    var holder = document.querySelector('[data-keys]');
    var on = document.querySelector('[data-keys-on]');
    var focus = document.activeElement;
    if (!holder || (on && !on.checked) || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(focus.tagName) && !/^(radio|checkbox)$/.test(focus.type)) { return; }
    var choice = holder.querySelector('input[data-key="' + CSS.escape(event.key.toLowerCase()) + '"]');
    if (choice) { choice.checked = true; choice.focus(); }
  }

  // Warn before the session ends; the page says how long it lasts
  function session() {
    var box = document.querySelector('[data-session]');
    if (!box) { return; }
    var left = Number(box.dataset.session) - 120;
    if (left > 0) { window.setTimeout(function () { box.hidden = false; }, left * 1000); }
    box.querySelector('[data-stay]').addEventListener('click', function () {
      window.fetch(box.dataset.stay, {method: 'HEAD', credentials: 'same-origin', redirect: 'manual'}).then(function () { box.hidden = true; session(); });
    });
  }

  // A form that is under way is not sent twice
  function once(event) {
    var form = event.target;
    if (form.method !== 'post' || event.defaultPrevented) { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
    window.setTimeout(function () { delete form.dataset.sent; }, 4000);
  }

  // Whether letters choose is remembered in this browser
  function letters(root) {
    root.querySelectorAll('[data-script]').forEach(function (part) { part.hidden = false; });
    root.querySelectorAll('[data-keys-on]').forEach(function (box) {
      box.checked = window.localStorage.getItem('vcdb-letters') !== 'off';
      box.addEventListener('change', function () { window.localStorage.setItem('vcdb-letters', box.checked ? 'on' : 'off'); });
    });
  }

  function ready(root) {
    letters(root);
    root.querySelectorAll('[data-bulk]').forEach(bulk);
    root.querySelectorAll('[data-print]').forEach(function (b) { b.hidden = false; b.addEventListener('click', function () { window.print(); }); });
    root.querySelectorAll('select[data-send]').forEach(function (s) { s.addEventListener('change', function () { s.form.requestSubmit(); }); });
  }

  ready(document);
  session();
  var problem = document.querySelector('[data-problem]');
  if (problem) { problem.focus(); document.title = 'Error: ' + document.title.replace(/^Error: /, ''); }
  document.addEventListener('keydown', keys);
  document.addEventListener('submit', once);
  document.addEventListener('htmx:load', function (event) { ready(event.target); });
  // Print opens every folded part, so that the paper has what the screen could show
  window.addEventListener('beforeprint', function () { document.querySelectorAll('details').forEach(function (d) { d.open = true; }); });
})();
