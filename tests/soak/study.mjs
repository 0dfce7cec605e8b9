// The study aid's addresses and files, for whoever does everything in no order there.
import { pack } from '../e2e/packs.mjs';

/** An address of every kind: each lesson and topic, some questions of every format, exams, and what there is to look up. */
export function addresses() {
  const { lessons, topics, paths } = pack('home');
  const questions = topics.flatMap((topic) => topic.questions);
  const formats = [...new Set(questions.map(({ format }) => format))];
  const some = formats.flatMap((format) => questions.filter((question) => question.format === format).slice(0, 3));
  return [
    '#learn', '#review', '#terms.cooldown', '#terms', '#tables', '#tables.policies', '#wrong', '#exam.10.7', '#exam.20.3', '#quiz.missed',
    ...lessons.map(({ id }) => `#learn.${id}`),
    ...lessons.slice(0, 4).map(({ id }) => `#embed-learn-dark.${id}`),
    ...paths.map(({ id }) => `#path.${id}`),
    ...topics.map(({ id }) => `#quiz.${id}.3`),
    ...some.map(({ id }) => `#q.${id}.7`),
  ];
}

/** Files of progress, whole and damaged. */
export function kept() {
  const whole = { headroom_study: 1, exam_date: null, questions: {}, terms: {}, lessons: {}, exams: [] };
  return [whole, { ...whole, headroom_study: 99 }, { ...whole, lessons: { target: 3 } }].map((file) => JSON.stringify(file));
}

/** Whether after its `i`th action it begins anew somewhere: now and then, and soon where it has left the study aid. */
export const goesAnew = async (page, i) => i % 10 === 0 || (i % 2 === 0 && (await page.locator('main.study').count().catch(() => 0)) === 0);
