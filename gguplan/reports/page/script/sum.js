// The sum behind a figure, written from what the model made. Nothing is computed here.

const stepAt = (place) => ({ text: data.steps[place][0], behind: data.steps[place][1].map(stepAt) });
const stepsAt = (places) => (places || []).map(stepAt);

function divisionText(sum, place) {
  const weighs = sum.weighs === 'tariff' ? tariff : number;
  return fill(data.sum_texts.division, {
    total: euros(sum.total),
    weight: weighs(column(sum.weight)[place]),
    weights: weighs(sum.weights),
    exact: exactShare(column(sum.whole)[place], column(sum.digits)[place], !sum.ends.includes(place)),
  });
}

function leftOver(sum, place) {
  if (sum.rank === null) return stepAt(sum.why);
  const rank = column(sum.rank)[place];
  const text = rank <= sum.left_over ? data.sum_texts.gets : data.sum_texts.gets_none;
  return { text: fill(text, { rank, count: sum.in_queue }), behind: stepsAt(sum.why) };
}

function fixedSteps(sum, place) {
  return sum.fixed === null || sum.instead[place] ? [] : [stepAt(sum.fixed[place])];
}

function divisionSteps(sum, place) {
  if (sum.instead[place]) return stepsAt(sum.instead[place]);
  const steps = [...fixedSteps(sum, place), ...stepsAt(sum.before[place])];
  const whole = {
    text: fill(data.sum_texts.whole, {
      total: sum.total,
      weight: column(sum.weight)[place],
      weights: sum.weights,
      whole: column(sum.whole)[place],
      remainder: column(sum.remainder)[place],
    }),
    behind: [],
  };
  steps.push({ text: divisionText(sum, place), behind: [whole, leftOver(sum, place)] });
  steps.push({ text: fill(data.sum_texts.part, { amount: euros(column(sum.part)[place]) }), behind: [] });
  return steps;
}

function wholeSum(programme, place) {
  const { sum } = programme;
  const amount = column(programme.to_pay)[place];
  const steps = [stepAt(sum.budget), ...divisionSteps(sum, place), ...stepsAt(sum.after[place])];
  if (sum.percent && amount) {
    const vat = euros(programme.vat === null ? 0 : column(programme.vat)[place]);
    const values = { amount: euros(amount), percent: sum.percent, whole: 100 + sum.percent, vat };
    const { vat: ofItsOwn, vat_together: added } = data.sum_texts;
    steps.push({ text: fill(sum.added_up.includes(place) ? added : ofItsOwn, values), behind: [] });
  }
  return steps;
}

// The sum in a few lines, beside each amount and on paper.
function shortSum({ sum }, place) {
  const fixed = fixedSteps(sum, place).map((step) => step.text);
  const division = sum.instead[place] ? stepsAt(sum.instead[place]).map((step) => step.text) : [divisionText(sum, place)];
  return [...fixed, ...division, ...stepsAt(sum.after[place]).map((step) => step.text)];
}

function listOf(steps) {
  return element('ul', { class: 'steps' }, ...steps.map((step) =>
    element('li', {}, together(step.text), ...(step.behind.length ? [listOf(step.behind)] : []))));
}

