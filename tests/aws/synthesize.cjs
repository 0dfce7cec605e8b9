// Synthesizes every compiled CDK app of a folder, each into `out/NAME` beside it.
const { readdirSync } = require('node:fs');
const { join, resolve } = require('node:path');

const home = resolve(process.argv[2]);
process.env.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION = '1';
process.env.CDK_CONTEXT_JSON = JSON.stringify({ 'aws:cdk:disable-analytics-reporting': true, 'aws:cdk:version-reporting': false });
for (const app of readdirSync(join(home, 'js'))) {
  process.env.CDK_OUTDIR = join(home, 'out', app.replace(/\.js$/, ''));
  require(join(home, 'js', app));
}
