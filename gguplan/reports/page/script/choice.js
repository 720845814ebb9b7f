// The choice stands in the address: #GM0344, or #GM0344/2 for the second scenario.

const placeOfCode = new Map(data.codes.map((code, place) => [code, place]));

function chosen() {
  const said = /^#(GM\d{4}|[a-z0-9][a-z0-9-]*)(?:\/(\d+))?$/i.exec(location.hash);
  if (!said) return { place: null, scenario: 0, code: null };
  const code = /^GM\d{4}$/i.test(said[1]) ? said[1].toUpperCase() : said[1].toLowerCase();
  const scenario = Number(said[2] || 1) - 1;
  const known = placeOfCode.has(code);
  if (!known && !code.startsWith('GM')) return { place: null, scenario: 0, code: null };
  return { place: known ? placeOfCode.get(code) : null, scenario: data.scenarios[scenario] ? scenario : 0, code };
}

function addressOf(place, scenario) {
  return `#${data.codes[place]}${scenario ? `/${scenario + 1}` : ''}`;
}

function choose(place, scenario) {
  const address = addressOf(place, scenario);
  if (location.hash === address) show(true);
  else location.hash = address;
}

