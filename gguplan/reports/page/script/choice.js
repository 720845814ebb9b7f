// The choice stands in the address: #GM0344, or #GM0344/2 for the second scenario.

const placeOfCode = new Map(data.codes.map((code, place) => [code, place]));

function chosen() {
  const said = /^#(GM\d{4})(?:\/(\d+))?$/i.exec(location.hash);
  if (!said) return { place: null, scenario: 0, code: null };
  const code = said[1].toUpperCase();
  const scenario = Number(said[2] || 1) - 1;
  const known = placeOfCode.has(code);
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

