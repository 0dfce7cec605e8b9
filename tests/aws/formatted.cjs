// Prints, of each Terraform file that it is given, whether HashiCorp's formatter leaves it as it is.
const { readFileSync } = require('node:fs');
const { formatHcl, format } = require('@cdktn/hcl-tools');

(async () => {
  const are = [];
  for (const path of process.argv.slice(2)) {
    const text = readFileSync(path, 'utf8');
    are.push((await (formatHcl ?? format)(text)) === text);
  }
  console.log(JSON.stringify(are));
})();
