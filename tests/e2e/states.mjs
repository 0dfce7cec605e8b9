// The states in which somebody may meet the page, as data: how one comes to each from the one before, and which part of the page
// is another then. Nothing here checks anything: `states.test.mjs` does.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', 'scenarios');

/** How the page is met. */
const wide = { width: 1440, height: 980 };
const phone = { width: 390, height: 844 };
const LOOKS = {
  wide: { viewport: wide },
  dark: { viewport: wide, colorScheme: 'dark' },
  Korean: { viewport: wide, locale: 'ko-KR' },
  phone: { viewport: phone },
  'Korean phone, dark': { viewport: phone, colorScheme: 'dark', locale: 'ko-KR' },
};
/** The narrowest of each layout, and what machines have. */
const WIDTHS = [280, 320, 360, 390, 600, 820, 821, 834, 1050, 1440];

// By what the program hears, whatever is folded, in whichever language.
const press = (selector, place = 0) => (page) => page.locator(selector).nth(place).evaluate((button) => button.click());
const type = (name, text) => (page) =>
  page.locator(`form [name="${name}"]`).evaluate((field, value) => {
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
const wait = (selector) => (page) => page.locator(selector).first().waitFor();
const gone = (selector) => (page) => page.locator(selector).first().waitFor({ state: 'hidden' });
const all = (...steps) => async (page) => {
  for (const step of steps) await step(page);
};
const unfold = (within) => (page) =>
  page.evaluate((where) => {
    for (const fold of document.querySelectorAll(`${where} details`)) fold.open = true;
  }, within);
const explain = (page) =>
  page.evaluate(() => {
    for (const button of document.querySelectorAll('form .q[aria-expanded=false]:not([hidden])')) button.click();
  });
const key = (name) => (page) => page.keyboard.press(name);
const hash = (to) => (page) => page.evaluate((is) => { location.hash = is; }, to);

/** Opens a scenario as a file, and unfolds all of its form. */
const give = (scenario, name) =>
  all(async (page) => {
    const buffer = Buffer.from(JSON.stringify({ ...scenario, name }));
    await page.locator('header input[type=file]').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer });
    await page.waitForFunction((title) => document.title.startsWith(`${title} ·`), name);
  }, unfold('form'));

const paste = (text) =>
  all(async (page) => page.locator('#trace-paste').fill(text), press('.paste .b'));

const minute = (i) => `2026-03-02 ${String(10 + Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`;
const rows = (head, row) => [head, ...Array.from({ length: 90 }, (_, i) => `${minute(i)},${row(i)}`)].join('\n');
const TRACES = {
  good: [rows('time,requests', (i) => 600 + i), '.found'],
  'with bad rows': [rows('time,requests', (i) => (i % 9 === 4 ? 'many' : 600 + i)), '.bads'],
  'with questions': [rows('time,GET /a/very/long/path/that/goes/on/and/on/for/a/while/to/see,b', (i) => `${i},${i * 2}`), '.asks'],
  'that is none': ['name,colour\na,red\nb,blue\n', '.errs'],
};

const MENU = '#menu .b';
const SHARE = 'header .b.p';
const RECORD = '.adds:has(+ #layer-kinds) .add:last-child';
const EMBED = '#menu > .b:last-child';
const EXPORT = '#menu > .b:nth-last-child(2)';
const IMPORT = '#menu > .b:nth-last-child(3)';
/** What the AWS CLI answered. */
const ANSWERS = join(import.meta.dirname, '..', '..', 'crates', 'aws', 'tests', 'data', 'answers');
const answers = (...names) => (page) => page.locator('#import-file').setInputFiles(names.map((name) => join(ANSWERS, name)));
const target = { ServiceNamespace: 'sagemaker', ResourceId: 'endpoint/e/variant/v', ScalableDimension: 'sagemaker:variant:DesiredInstanceCount', MinCapacity: 1, MaxCapacity: 4 };
const TEMPLATE = `AWSTemplateFormatVersion: '2010-09-09'
Resources:
  T:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {MaxCapacity: !Ref Most, MinCapacity: 1, ResourceId: endpoint/e/variant/v, ScalableDimension: 'sagemaker:variant:DesiredInstanceCount', ServiceNamespace: sagemaker}`;
const given = (text) => all(async (page) => page.locator('#import-paste').fill(text), press('.paste .b'));
/** What is given to the dialog, and what is there once it is read. */
const IMPORTS = {
  'of several documents': [
    answers('aas-describe-scalable-targets.json', 'aas-describe-scaling-policies.json', 'cw-get-metric-data.json', 'aas-describe-scheduled-actions.iso.table'),
    '.changes',
  ],
  'of what the account did at another time': [answers('aas-describe-scaling-activities.made.json', 'cw-get-metric-data.json'), '.changes'],
  'of how alarms changed': [
    given(JSON.stringify({ AlarmHistoryItems: [{ AlarmName: 'busy', Timestamp: '2026-11-28T20:03:00Z', HistoryItemType: 'StateUpdate', HistorySummary: 'Alarm updated from OK to ALARM' }] })),
    '.several',
  ],
  'of nothing': [(page) => page.locator('#import-file').setInputFiles({ name: 'empty.json', mimeType: 'application/json', buffer: Buffer.from('') }), '.several'],
  'one page of more': [given(JSON.stringify({ ScalableTargets: [target], NextToken: 'x' })), '.several'],
  'of more than is shown': [given(JSON.stringify({ ScalableTargets: [{ ...target, ...Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`field${n}`, n])) }] })), '.read > .several .says'],
  'with values that are open': [given(TEMPLATE), '.read .blanks'],
  'under names that are long': [
    (page) => page.locator('#import-file').setInputFiles({ name: `${'long'.repeat(40)}.json`, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ ScalableTargets: ['x', 'y'].map((it) => ({ ...target, ResourceId: `endpoint/${it.repeat(200)}/variant/v` })) })) }),
    '#import-target',
  ],
};
// Until it is gone for the page, too: a click in the same moment would ask for what is still open.
const shut = all(press('dialog header .b'), (page) => page.locator('dialog').first().waitFor({ state: 'detached' }));
const dialog = (name, ...opens) => ({ name, part: 'dialog[open]', comes: all(...opens, wait('dialog[open]')) });

const DIALOGS = [
  { name: 'menu', part: '#menu', comes: (page) => page.evaluate(() => { document.querySelector('#menu').showPopover?.(); }), goes: key('Escape') },
  dialog('scenarios', press(MENU, 0)),
  dialog('start', press('.whose .b', 0)),
  dialog('share', press(SHARE)),
  { ...dialog('share, once pressed to copy', press(SHARE)), then: all(press('.copyable .b'), (page) => page.waitForFunction(() => document.querySelector('.copyable').innerText.split('\n').length > 2)) },
  dialog('embed', press(EMBED)),
  {
    ...dialog('embed, with a height that none can have', press(EMBED)),
    then: (page) => page.locator('#embed-height').fill('tall'),
  },
  dialog('export', press(EXPORT), wait('[role=tab]')),
  {
    ...dialog('export, with a name that AWS does not take', press(EXPORT), wait('[role=tab]')),
    then: all((page) => page.locator('.blanks input').first().fill('a b'), wait('.blanks .err')),
  },
  { ...dialog('export, a load test', press(EXPORT), wait('[role=tab]')), then: all(press('[role=tab]', 9), wait('#export-text')) },
  dialog('import', press(IMPORT), wait('#import-paste')),
  ...Object.entries(IMPORTS).map(([name, [given, there]]) => ({
    ...dialog(`import, ${name}`, press(IMPORT), wait('#import-paste')),
    then: all(given, wait(there), unfold('dialog')),
  })),
  dialog('types', press('form .picker .b')),
  { ...dialog('types, none found', press('form .picker .b')), then: (page) => page.locator('#picker-search').fill('no such type') },
  { ...dialog('types, EC2 too', press('form .picker .b')), then: all(press('#picker-ec2'), gone('#picker-ec2')) },
  dialog('trace', press(RECORD)),
  ...Object.entries(TRACES).map(([name, [text, there]]) => ({
    ...dialog(`trace ${name}`, press(RECORD)),
    then: all(paste(text), wait(there), unfold('dialog')),
  })),
].map((state) => ({ goes: shut, ...state }));

const PLATFORMS = ['sagemaker_real_time', 'sagemaker_asynchronous', 'sagemaker_serverless', 'sagemaker_inference_component', 'ec2_auto_scaling_group'];
const platforms = PLATFORMS.map((platform) => ({
  name: `on ${platform}, all unfolded and explained`,
  part: 'main', comes: all(type('platform', platform), (page) => page.waitForFunction((is) => document.querySelector('form [name=platform]').value === is, platform), unfold('form'), explain),
}));

const RESULT = [
  { name: 'all figures', part: '.summary', comes: press('.all > summary') },
  { name: 'tables, and what else would have held', part: '#result', comes: unfold('#result') },
  { name: 'shown the worst', part: '.two', comes: press('.show') },
  { name: 'log of changes', part: '.log', comes: press('.filter button', 1) },
  { name: 'log of what did not scale', part: '.log', comes: press('.filter button', 2) },
  { name: 'log of all', part: '.log', comes: press('.filter button', 0) },
  { name: 'closer', part: '.overview', comes: press('.zoom button', 1) },
];

/** What is wrong, and the fields in which it is. */
const WRONG = [
  ['a field that is empty', [['load_test.max_rps', '']]],
  ['text that no number is', [['load_test.max_rps', 'about 20']]],
  ['several problems, folded', [['load_test.safety_factor', '2'], ['scalable_target.MinCapacity', '0'], ['instance.launch_s', '-1'], ['service.timeout_s', 'soon'], ['assumptions.alarm_high_datapoints', '0']]],
].map(([name, typed], place) => ({ name, part: place > 0 ? 'form' : undefined, comes: all(...typed.map(([field, text]) => type(field, text)), wait('.problems:not([hidden])')) }));
const RIGHT = [['load_test.max_rps', '20'], ['load_test.safety_factor', '0.5'], ['scalable_target.MinCapacity', ''], ['instance.launch_s', '240'], ['service.timeout_s', '60'], ['assumptions.alarm_high_datapoints', '3']];
WRONG.at(-1).goes = all(...RIGHT.map(([field, text]) => type(field, text)), gone('.problems'));

const layer = (kind, shape) => [`layer: ${kind}`, { demand: [{ shape: { steady: { rps: 20 } } }, { shape }] }];
const time = '2026-11-28T20:00';
const tracking = (more) => ({ PolicyName: 'p', PolicyType: 'TargetTrackingScaling', TargetTrackingScalingPolicyConfiguration: more });
const steps = [[0, 10, 1], [10, null, 3]].map(([MetricIntervalLowerBound, MetricIntervalUpperBound, ScalingAdjustment]) => ({ MetricIntervalLowerBound, MetricIntervalUpperBound, ScalingAdjustment }));
const Alarm = { MetricName: 'CPUUtilization', Threshold: 80 };
const group = { platform: 'ec2_auto_scaling_group', instance: { type: 'c5.xlarge', usd_per_hour: 0.17 } };
const action = (name, Schedule, more) => [`schedule: ${name}`, { scheduled_actions: [{ ScheduledActionName: 'a', Schedule, ScalableTargetAction: { MinCapacity: 6 }, ...more }] }];
const machines = [{ type: 'ml.g5.xlarge', times: 6 }, { name: 'compiled with Neo', times: 1.8, p50_ms: 45 }];
const failure = (name, what) => [`failure: ${name}`, { ...group, failures: [{ at: time, what }] }];

/** The card that a state of the form is about. */
const PARTS = [
  ['layer', '.card:has(#layer-kinds)'],
  ['schedule', '.card:has(.adds):not(:has(#layer-kinds))'],
  ['polic', '.card:has(.adds):not(:has(#layer-kinds))'],
  ['failure', '.card:has(.failures)'],
  ['missing', '.card:has(.adds):not(:has(#layer-kinds))'],
  ['retries', '.card:has([name^="retries."])'],
  ['machines', '.card:has([name^="other_machines"])'],
  ['compared machines', '.machines'],
];

const FORMS = [
  layer('steady', { steady: { rps: 5 } }),
  layer('daily curve', { daily_curve: { quiet_rps: 5, peak_rps: 50, peak_at: '20:00' } }),
  layer('office hours', { office_hours: { days: ['mon', 'sat'], from: '08:00', to: '18:00', rps: 30, ramp_min: 60 } }),
  layer('start of the month', { month_start: { days: 3, from: '08:00', to: '18:00', rps: 30, ramp_min: 60 } }),
  layer('event', { event: { at: time, rps: 90, ramp_up_min: 10, hold_min: 60, decay_min: 30 } }),
  layer('growth', { growth: { by: { percent: 10 }, per: 'month' } }),
  layer('noise', { noise: { percent: 5 } }),
  layer('recording', { trace: { trace: { start: '2026-11-28T10:00', step_s: 60, counts: Array.from({ length: 90 }, (_, i) => 600 + i) }, scale: 1 } }),
  ['layer: left out', { demand: [{ off: true, name: 'Left out for now', shape: { steady: { rps: 20 } } }] }],
  ['policy: of the default metric', {}],
  ['policy: at once', { policies: [tracking({ PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantConcurrentRequestsPerModelHighResolution' } })] }],
  ['policy: of the machine', { policies: [tracking({ TargetValue: 200, CustomizedMetricSpecification: { MetricName: 'CPUUtilization' } })] }],
  ['policy: not published', { policies: [tracking({ CustomizedMetricSpecification: { MetricName: 'ApproximateBacklogSize' } })] }],
  ['policy: steps', { policies: [{ PolicyName: 's', PolicyType: 'StepScaling', StepScalingPolicyConfiguration: { StepAdjustments: steps }, Alarm }] }],
  ['policy: simple', { ...group, policies: [{ PolicyName: 's', PolicyType: 'SimpleScaling', AdjustmentType: 'ChangeInCapacity', ScalingAdjustment: 1, Alarm }] }],
  ['policy: predictive', { ...group, policies: [{ PolicyName: 'm', PolicyType: 'PredictiveScaling', PredictiveScalingConfiguration: { MetricSpecifications: [{ TargetValue: 40, PredefinedMetricPairSpecification: { PredefinedMetricType: 'ASGCPUUtilization' } }], Mode: 'ForecastAndScale', MaxCapacityBreachBehavior: 'IncreaseMaxCapacity', MaxCapacityBuffer: 10 } }] }],
  ['policies: none', { policies: [] }],
  ['burstable, of standard credits', { ...group, instance: { type: 't3.large', usd_per_hour: 0.0832, credit_specification: { CpuCredits: 'standard' } } }],
  ['warm pool', { ...group, auto_scaling_group: { WarmPool: { PoolState: 'Stopped', MinSize: 2 }, HealthCheckType: 'ELB' } }],
  ['retries', { retries: { timeout_s: 2, budget_pct: 10 } }],
  ['missing metrics', { missing_metric: { at: '2026-11-28T20:10', for_min: 30 } }],
  ['missing metrics: outside the run', { missing_metric: { at: '2027-11-28T20:10' } }],
  ['retries of whoever waits long', { retries: { timeout_s: 90 } }],
  ['failure of launches in a shortage', { launch_capacity: { at: '2026-11-28T19:30:00', zones: 1 } }],
  ['failure of launches beyond a quota', { launch_capacity: { quota: 12 } }],
  ['machines', { other_machines: machines }],
  ['compared machines', { other_machines: machines }],
  action('once', 'at(2026-11-28T19:30:00)'),
  action('daily', 'cron(30 8 * * ? *)'),
  action('weekdays', 'cron(30 8 ? * MON-FRI *)'),
  action('chosen days', 'cron(30 8 ? * MON,WED *)'),
  action('every', 'rate(90 minutes)'),
  action('in its own words', 'cron(0 9 ? * 2#1 *)', { Timezone: 'America/New_York', StartTime: '2026-11-28T10:00:00Z' }),
  ['schedule: a group of plain cron', { ...group, scheduled_actions: [{ ScheduledActionName: 'a', Recurrence: '0 8 1 * 1', DesiredCapacity: 3 }] }],
  ['schedules: suspended', { scalable_target: { SuspendedState: { DynamicScalingOutSuspended: true, ScheduledScalingSuspended: true } } }],
  failure('instances', { instances: 2 }),
  failure('applications', { applications: 2 }),
  failure('a zone', { zone_min: 60 }),
].map(([name, scenario]) => ({ name, part: PARTS.find(([of]) => name.startsWith(of))?.[1] ?? 'form', comes: give(scenario, name) }));

const SHIPPED = readdirSync(folder).map((file) => ({
  name: `shipped: ${file}`,
  part: '#result',
  comes: give(JSON.parse(readFileSync(join(folder, file), 'utf8')), file),
}));

const year = { demand: [{ shape: { daily_curve: { quiet_rps: 20, peak_rps: 180, peak_at: '20:00' } } }], hours: 8784 };
const long = {
  ...year,
  policies: Array.from({ length: 50 }, (_, i) => ({
    ...tracking({ TargetValue: 1 + i / 100, PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantConcurrentRequestsPerModelHighResolution' } }),
    PolicyName: `p${i}`,
  })),
};
const LINES = [
  { name: 'kept, as a change made it one\'s own', comes: all(type('load_test.max_rps', '21'), wait('.whose')) },
  { name: 'from a link', part: '.whose', comes: all(hash('#2.3t4EJ98CSGM1Lmxhcmdlg6oBP8oBP80BKaAqod4EP9cBYz-4AkkwIDggMSAqIDE_It4APx9Bbg'), wait('.whose')) },
  {
    name: 'a file that does not open',
    part: '.notice',
    comes: all((page) => page.locator('header input[type=file]').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{"hours" 24}') }), wait('.notice')),
    goes: press('.notice .b'),
  },
];
const WORK = [
  { name: 'work that waits for a click', part: '.work', comes: all(give(long, 'long'), wait('.work:not([hidden])')) },
  { name: 'work that goes on', part: '#result', comes: all(press('#work'), wait('.work progress:not([hidden])')) },
  { name: 'work that was stopped', part: '.work', comes: all(press('#work'), gone('.work progress')) },
];
const UNOPENED = [
  ['damaged', '#2.t4EJ98CSGM1LmxhcmdlgAAAA'],
  ['of a newer version', '#7.AAAA'],
  ['that is none', '#section-2'],
].map(([name, link]) => ({ name: `a link ${name}`, comes: all(hash(link), wait('main.unopened')) }));

/** Questions of each look, and what stands around them. */
const ASKS = [
  { name: 'question: options', comes: all(hash('#q.a2.1'), wait('.options')) },
  { name: 'question: asked again', comes: all(press('.question [type=submit]'), wait('.question .err:not(:empty)')) },
  { name: 'question: told', comes: all(press('.options input'), press('.question [type=submit]'), wait('.grade')) },
  { name: 'question: a number', comes: all(hash('#q.q3.1'), wait('.question .i')) },
  { name: 'question: order', comes: all(hash('#q.b1.1'), wait('.order')) },
  { name: 'question: order, told', comes: all(press('.question [type=submit]'), wait('.order .reasoned')) },
  { name: 'question: pairs', comes: all(hash('#q.q5.1'), wait('.pairs')) },
  { name: 'question: a paused chart', comes: all(hash('#q.b9.1'), wait('.question canvas')) },
  { name: 'exam: before', comes: all(hash('#exam.10.1'), wait('.setup')) },
  { name: 'exam: a question', comes: all(press('.setup .b.p'), wait('.question')) },
  { name: 'exam: all questions', comes: all(press('.exam > .ways .b:last-child'), wait('.places')) },
  { name: 'exam: handed in', comes: all(press('.exam > .ways .b.p'), wait('.tallies')) },
  { name: 'review', comes: all(hash('#review'), wait('#kept')) },
  { name: 'review: to be erased?', comes: all(press('[aria-labelledby=kept] .ways .b', 3), wait('#erase')) },
];

/** The study aid: its first page, a lesson before and after the run is seen, one that is not there, and what there is to look up. */
const STUDY = [
  { name: 'study: the first page', part: 'main', comes: all(hash('#learn'), wait('.lessons')) },
  { name: 'study: a path', part: 'main', comes: all(hash('#path.target'), wait('.steps')) },
  { name: 'study: nothing there', part: 'main', comes: all(hash('#learn.nothing'), wait('main [role=alert]')) },
  { name: 'study: a choice to predict', part: 'main', comes: all(hash('#learn.cooldowns'), wait('form.guess')), then: press('.guess .b.p') },
  { name: 'study: a lesson with choices', part: 'main', comes: all(press('.guess .b', 1), wait('.tells'), wait('.run canvas')), then: unfold('main') },
  { name: 'study: a lesson\'s questions', part: 'main', comes: all(press('.two-questions > .b'), wait('.two-questions form.question')) },
  { name: 'study: a lesson\'s frame', comes: all(press('.offered .b', 1), wait('#embed-frame')), goes: (page) => page.keyboard.press('Escape') },
  { name: 'study: a moment to predict', part: 'main', comes: all(hash('#learn.two-alarms'), wait('form.guess')) },
  { name: 'study: a lesson with a slider', part: 'main', comes: all(hash('#learn.safety-factor'), wait('form.guess'), press('.guess .b', 1), wait('.run canvas')), then: press('.moment') },
  { name: 'study: all terms', part: 'main', comes: all(hash('#terms.cooldown'), wait('.terms .sought')) },
  { name: 'study: what guides get wrong', part: 'main', comes: all(hash('#wrong.cooldown-prevents-thrash'), wait('.wrongs .sought')) },
  { name: 'study: tables', part: 'main', comes: all(hash('#tables'), wait('.scrolls td')) },
  { name: 'study: what is found', part: 'main', comes: all(hash('#learn'), (page) => page.locator('.finder input').fill('cooldown'), wait('.finder li')) },
];

const first = { name: 'first visit', comes: async () => {} };

/** Which states are met how: a walk is one page, and what a state leaves unfolded stays so. Each state is made as wide as `widths`, too. */
export const WALKS = [
  { look: 'wide', widths: [280, 821], states: [first, ...DIALOGS, ...RESULT, ...WRONG, LINES[0], ...platforms] },
  { look: 'wide', widths: [280], states: [...SHIPPED, ...FORMS, ...LINES.slice(1), ...WORK, ...UNOPENED, ...STUDY] },
  { look: 'wide', widths: [280, 821], states: ASKS },
  { look: 'Korean phone, dark', widths: [280], states: ASKS },
  { look: 'dark', widths: [], states: [first, RESULT[1], RESULT[2], WRONG[2], ...platforms, UNOPENED[0]] },
  { look: 'Korean', widths: WIDTHS, states: platforms },
  { look: 'phone', widths: [320], states: [...RESULT, ...platforms] },
  { look: 'Korean phone, dark', widths: [280, 320], states: [first, ...DIALOGS, ...WRONG, ...WORK, UNOPENED[1], ...STUDY] },
].map(({ look, ...walk }) => ({ look, options: LOOKS[look], ...walk }));
