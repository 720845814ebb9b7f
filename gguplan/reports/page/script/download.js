// Tables as CSV for a spreadsheet of this language; a text that it would take for a formula gets an apostrophe.

const separator = forms.mark === ',' ? ';' : ',';
const plainDecimals = (count, places) => (count < 0 ? '-' : '') + decimals(count, places).split(forms.group).join('');
const csvEuros = (cents) => plainDecimals(cents, 2);
const csvRate = (units) => plainDecimals(units, 4);
const csvText = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const quoted = (cell) => (/[;,"\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);
const csvOf = (lines) => '\uFEFF' + lines.map((line) => line.map((cell) => quoted(String(cell))).join(separator) + '\r\n').join('');

function billLines(place) {
  const heads = ['municipality', 'code', 'number_of_inhabitants', 'scenario', 'programme', 'contribution', 'refund',
    'to_pay', 'net', 'vat', 'rate', 'effect', 'sum'];
  const lines = [heads.map((name) => texts[name])];
  for (const scenario of data.scenarios) {
    const who = [csvText(data.names[place]), data.codes[place], isBody(place) ? '' : column(scenario.inhabitants)[place], csvText(scenario.title)];
    const line = (title, one, sum) => {
      const cents = ['contribution', 'refund', 'to_pay', 'net', 'vat']
        .map((name) => csvEuros(one[name] === null || one[name] === undefined ? 0 : column(one[name])[place]));
      const rate = isBody(place) ? '' : csvRate(one.rate === undefined ? 0 : column(one.rate)[place]);
      const effect = scenario.effect === undefined ? '' : csvEuros(one.effect === null ? 0 : column(one.effect)[place]);
      lines.push([...who, csvText(title), ...cents, rate, effect, csvText(sum)]);
    };
    for (const one of scenario.programmes) line(one.title, one, shortSum(one, place).join('; '));
    for (const one of scenario.gone || []) line(fill(texts.gone, one), one, '');
    line(texts.total, scenario, '');
  }
  return lines;
}

function everyLine() {
  const heads = [texts.municipality, texts.code, texts.province, texts.number_of_inhabitants];
  for (const { title, effect } of data.scenarios) {
    const names = effect === undefined ? ['to_pay', 'rate'] : ['to_pay', 'rate', 'effect'];
    heads.push(...names.map((name) => csvText(`${title}: ${texts[name]}`)));
  }
  const lines = data.codes.map((code, place) => {
    const who = [csvText(data.names[place]), code, csvText(data.provinces[data.province[place]])];
    const amounts = data.scenarios.flatMap((one) => [
      csvEuros(column(one.to_pay)[place]), isBody(place) ? '' : csvRate(column(one.rate)[place]),
      ...(one.effect === undefined ? [] : [csvEuros(column(one.effect)[place])])]);
    return [...who, isBody(place) ? '' : column(data.latest_inhabitants)[place], ...amounts];
  });
  return [heads, ...lines];
}

function download(name, lines) {
  const address = URL.createObjectURL(new Blob([csvOf(lines)], { type: 'text/csv;charset=utf-8' }));
  const link = element('a', { href: address, download: `${name}.csv` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

