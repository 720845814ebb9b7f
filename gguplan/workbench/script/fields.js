// A field in which somebody typed says what the server knows, or stands out until it does.

function leverOf(word, path, value) {
  if (word === 'set') return byId(`lever-${path}`);
  return word === 'toggle' ? byId(`lever-${path}-${value}`) : null;
}

// Where something stands, unfolded and in use: a field, the word that says the kind of a table, or a table.
function goTo(id) {
  const places = [id, `${id}.key`, ...['table', 'section'].map((kind) => id.replace(/^lever/, kind))];
  const target = places.map((place) => byId(place)).find(Boolean);
  for (let around = target; around; around = around.parentElement) if (around.tagName === 'DETAILS') around.open = true;
  if (target) (target.tagName === 'DETAILS' ? target.querySelector('summary') : target).focus();
}

function markUntaken(field) {
  const lever = field && field.closest('.lever, .programme');
  if (lever) lever.classList.add('untaken');
}

// Back to what the server says, where it had nothing new to say of it.
function settle(field, sent) {
  for (const one of document.querySelectorAll('.untaken')) one.classList.remove('untaken');
  for (const one of document.querySelectorAll('.refused')) {
    const field = one.parentElement.querySelector('[aria-invalid]');
    if (field) field.removeAttribute('aria-invalid');
    one.remove();
  }
  // What somebody typed meanwhile stays.
  if (field && (field.type === 'checkbox' || field.value === sent)) restore(field);
}

function restore(field) {
  if (field.type === 'checkbox') field.checked = field.defaultChecked;
  else if (field.tagName === 'SELECT') {
    for (const option of field.options) option.selected = option.defaultSelected;
  } else if (!field.dataset.add) field.value = field.defaultValue;
}

// What was typed and cannot be read stays, with why; what was chosen goes back.
function refuse(field, what) {
  settle(null, '');
  if (!field) return;
  if (field.tagName === 'SELECT' || field.type === 'checkbox') {
    restore(field);
    return;
  }
  field.setAttribute('aria-invalid', 'true');
  field.closest('.lever').append(element('p', { class: 'finding refused' }, what));
}

// Of a form each mistake stands at its own field.
function refuseFields(places, findings) {
  settle(null, '');
  const fields = places.map((place) => byId(place));
  fields.forEach((field, number) => {
    if (!field) return;
    field.setAttribute('aria-invalid', 'true');
    field.closest('.lever').append(element('p', { class: 'finding refused' }, findings[number]));
  });
  const first = fields.find(Boolean);
  if (first) first.focus();
}
