// Whole cents and ten-thousandths as text, in the same forms as everywhere in gguplan.

const forms = data.forms;
const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, forms.group);
const number = (count) => (count < 0 ? '-' : '') + grouped(String(Math.abs(count)));

function decimals(count, places) {
  const digits = String(Math.abs(count)).padStart(places + 1, '0');
  return grouped(digits.slice(0, -places)) + forms.mark + digits.slice(-places);
}

const inEuros = (count, places) => (count < 0 ? forms.minus : forms.euros).replace('{n}', decimals(count, places));
const euros = (cents) => inEuros(cents, 2);
const wholeEuros = (cents) => (cents < -50 ? forms.minus : forms.euros).replace('{n}', grouped(String(Math.round(Math.abs(cents) / 100))));
const perInhabitant = (units) => inEuros(units, 4);
const percent = (permille) => `${permille < 0 ? '-' : '+'}${decimals(permille, 1)} %`;

function tariff(units) {
  return forms.euros.replace('{n}', decimals(units, 4).replace(/0{1,2}$/, ''));
}

function exactShare(cents, digits, goesOn) {
  const [whole, behind] = decimals(cents, 2).split(forms.mark);
  const all = (behind + String(digits).padStart(4, '0')).replace(/0+$/, '');
  return `${forms.euros.replace('{n}', whole + (all ? forms.mark + all : ''))}${goesOn ? '…' : ''}`;
}

// An amount stays on one line.
const together = (text) => text.replace(/€ /g, '€\u00a0');

