// What somebody typed and the server does not have yet stays when the page is put or loaded anew.

// Fields that were put anew while somebody typed in them: a browser tells of no change when they are left.
const putAnew = new Set();

function isTyped(field) {
  if (field.type === 'checkbox') return field.checked !== field.defaultChecked;
  if (field.tagName === 'SELECT') {
    const first = Math.max([...field.options].findIndex((option) => option.defaultSelected), 0);
    return field.selectedIndex !== first;
  }
  return field.value !== field.defaultValue;
}

// Whether a lever is that of a path, or stands below it.
function isBelow(field, path) {
  const { path: own } = field.dataset;
  return own !== undefined && (!path || `${own}.`.startsWith(`${path}.`));
}

function isOfAct(field, { word, path, value, fields }) {
  if (field.form && field.form.dataset.fields) {
    const { fields: kind, path: place = '' } = field.form.dataset;
    return kind === word && place === path && fields[field.name] === field.value;
  }
  if (word === 'back') return isBelow(field, path);
  return word === 'set' && field.dataset.path === path && field.value === value;
}

// Whether what stands in a field waits: it is being typed, or in a form, was refused, or is sent after what is answered.
function waits(field, done) {
  if (field.type === 'file' || !isTyped(field) || isOfAct(field, done)) return false;
  if (field.form && field.form.dataset.fields) return true;
  if (field.dataset.path === undefined) return field === document.activeElement;
  return field === document.activeElement || refusalOf(field) !== null
    || undone.some((later) => later !== done && later.word === 'set' && later.path === field.dataset.path);
}

function stillTyped(done) {
  return [...document.querySelectorAll('.levers :is(input, select, textarea)[id]')].filter((field) => waits(field, done))
    .map((field) => ({ field, refusal: refusalOf(field) }));
}

function typeAgain(typed) {
  for (const { field, refusal } of typed) {
    const anew = byId(field.id);
    if (!anew || anew === field) continue;
    write(anew, field);
    if (refusal) markRefused(anew, refusal.textContent);
    else if (anew.dataset.path !== undefined && !anew.form) putAnew.add(anew);
  }
}

function write(field, { value, checked }) {
  if (field.type === 'checkbox') field.checked = checked;
  else field.value = value;
}

// When the page goes, what was typed in its forms is kept for when it is loaded again in this tab.
function keepTyped() {
  const fields = document.querySelectorAll('form[data-fields] :is(input, select)[id], #save-form [id], #vary');
  const typed = [...fields].filter((field) => field.value !== undefined && field.type !== 'submit' && isTyped(field));
  return typed.map(({ id, value, checked }) => ({ id, value, checked }));
}

function typeKept(typed) {
  for (const { id, value, checked } of typed) {
    const field = byId(id);
    if (!field || field.value === undefined) continue;
    unfold(field);
    write(field, { value, checked });
  }
}
