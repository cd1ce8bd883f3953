import { field, register } from '../../../kernel/register/declaration.ts'

/** Regular study: one record a session of the whole union, one line a group that met. */
export const study = register({
  id: 'training.study',
  title: '政治业务学习',
  domain: 'SZ',
  mechanisms: ['SZ-01'],
  help: '每次（每周）学习一条记录，参加学习的每个工会小组占一行，注明有无记录和心得。',
  dateLabel: '学习日期',
  titleLabel: '学习内容',
  fields: [field.choice('kind', '种类', ['政治学习', '业务学习', '政治业务学习'], { required: true })],
  lines: {
    title: '学习小组',
    fields: [
      field.text('group', '工会小组', { required: true, dim: true }),
      field.yesno('recorded', '是否有学习记录', { required: true }),
      field.yesno('notes', '是否有心得交流'),
    ],
  },
  metrics: [
    { id: 'training.study.count', label: '政治业务学习次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'training.study.per-week',
      label: '政治业务学习频次',
      unit: '次/周',
      aggregate: { frequency: 'record', per: 'week' },
      definition: '学习次数 ÷ 首次到末次学习之间的周数，向下取整',
    },
    {
      id: 'training.study.groups',
      label: '开展政治业务学习的小组数',
      unit: '个',
      aggregate: { distinct: { dim: 'group' }, of: 'line' },
    },
    { id: 'training.study.group-sessions', label: '小组学习组次', unit: '组次', aggregate: { sum: 'line' } },
    {
      id: 'training.study.recorded',
      label: '有学习记录的小组学习组次',
      unit: '组次',
      aggregate: { sum: 'line', where: { recorded: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}组织政治业务学习{training.study.count}[，频次为{training.study.per-week}][，参加学习的工会小组{training.study.groups}]。',
      weight: 90,
    },
    {
      text: '{period}各小组学习{training.study.group-sessions}[，其中留有学习记录的{training.study.recorded}]。',
      weight: 60,
    },
  ],
  sample: {
    date: '2025-03-07',
    title: '安全生产法修订要点',
    kind: '政治业务学习',
    group: '财务处工会小组',
    recorded: '是',
    notes: '是',
  },
})

/** Study of laws: one record a session, one line a participant. */
export const lawStudy = register({
  id: 'training.law-study',
  title: '普法学习',
  domain: 'SZ',
  mechanisms: ['SZ-02'],
  help: '每次学习一部法律登记一条记录，每位参加者占一行。',
  dateLabel: '学习日期',
  fields: [
    field.choice(
      'law',
      '法律法规',
      ['工会法', '劳动法', '劳动合同法', '妇女权益保障法', '教师法', '安全生产法', '民法典'],
      {
        required: true,
        open: true,
        key: true,
      },
    ),
    field.choice('form', '形式', ['集中学习', '讲座', '自学交流', '线上学习']),
  ],
  lines: { title: '参加者', fields: [field.person('participant', '参加者姓名', { required: true })] },
  metrics: [
    { id: 'training.law-study.count', label: '普法学习次数', unit: '次', aggregate: { sum: 'record' } },
    {
      id: 'training.law-study.laws',
      label: '学习法律法规部数',
      unit: '部',
      aggregate: { distinct: { dim: 'law' }, of: 'record' },
    },
    { id: 'training.law-study.attendances', label: '普法学习参加人次', unit: '人次', aggregate: { sum: 'line' } },
    {
      id: 'training.law-study.people',
      label: '参加普法学习人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
  ],
  clauses: [
    {
      text: '{period}组织职工学习法律法规{training.law-study.laws}（{list:law}），集中学习{training.law-study.count}[，参加{training.law-study.people}、{training.law-study.attendances}]。',
      weight: 82,
    },
  ],
  sample: { date: '2025-04-24', law: '工会法', form: '讲座', participant: '方若兰' },
})

/** Tests and quizzes with everybody who was due. */
export const quiz = register({
  id: 'training.quiz',
  title: '知识考试与知识竞赛',
  domain: 'SZ',
  mechanisms: ['SZ-03', 'SZ-04'],
  help: '每次考试或竞赛一条记录，每位应参加者占一行，注明是否参加。',
  titleLabel: '考试（竞赛）名称',
  fields: [field.choice('kind', '种类', ['工会知识问答考试', '知识竞赛'], { required: true })],
  lines: {
    title: '应参加人员',
    fields: [
      field.person('entrant', '应参加者姓名', { required: true }),
      field.yesno('done', '是否参加', { required: true }),
      field.integer('score', '成绩', { min: 0, max: 1000 }),
      field.choice('award', '奖项', ['一等奖', '二等奖', '三等奖', '优秀奖', '未获奖']),
    ],
  },
  metrics: [
    {
      id: 'training.quiz.exams',
      label: '工会知识问答考试次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '工会知识问答考试' } },
    },
    {
      id: 'training.quiz.exam-takers',
      label: '参加工会知识问答考试人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { kind: '工会知识问答考试', done: '是' } },
    },
    {
      id: 'training.quiz.exam-due',
      label: '应参加工会知识问答考试人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { kind: '工会知识问答考试' } },
    },
    {
      id: 'training.quiz.exam-rate',
      label: '工会知识问答考试参加率',
      unit: '%',
      aggregate: { ratio: { numerator: 'training.quiz.exam-takers', denominator: 'training.quiz.exam-due' } },
      definition: '参加人次 ÷ 应参加人次',
    },
    {
      id: 'training.quiz.quizzes',
      label: '知识竞赛次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '知识竞赛' } },
    },
    {
      id: 'training.quiz.quiz-entrants',
      label: '参加知识竞赛人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '知识竞赛', done: '是' } },
    },
    {
      id: 'training.quiz.quiz-due',
      label: '应参加知识竞赛人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '知识竞赛' } },
    },
    {
      id: 'training.quiz.quiz-rate',
      label: '知识竞赛参赛率',
      unit: '%',
      aggregate: { ratio: { numerator: 'training.quiz.quiz-entrants', denominator: 'training.quiz.quiz-due' } },
      definition: '至少参加一次竞赛的人 ÷ 应参加的人',
    },
    {
      id: 'training.quiz.quiz-winners',
      label: '知识竞赛获奖人数',
      unit: '人',
      aggregate: {
        distinct: 'person',
        of: 'line',
        where: { kind: '知识竞赛', done: '是', award: ['一等奖', '二等奖', '三等奖', '优秀奖'] },
      },
    },
  ],
  clauses: [
    {
      text: '{period}组织工会知识问答考试{training.quiz.exams}[，参考{training.quiz.exam-takers}，参加率{training.quiz.exam-rate}]。',
      weight: 78,
    },
    {
      text: '{period}组织参加知识竞赛{training.quiz.quizzes}[，参赛{training.quiz.quiz-entrants}，参赛率{training.quiz.quiz-rate}][，其中获奖{training.quiz.quiz-winners}]。',
      weight: 76,
    },
  ],
  sample: {
    date: '2025-05-30',
    title: '工会知识问答',
    kind: '工会知识问答考试',
    entrant: '方若兰',
    done: '是',
    score: '92',
    award: '未获奖',
  },
})

/** Recommended books and who read them. */
export const reading = register({
  id: 'training.reading',
  title: '荐书与读书',
  domain: 'SZ',
  mechanisms: ['SZ-09'],
  help: '每人每读一本推荐图书一行。',
  dateLabel: '登记日期',
  fields: [
    field.text('book', '书名', { required: true, dim: true, key: true }),
    field.person('reader', '读书人', { required: true }),
    field.yesno('notes', '是否有读书笔记', { required: true }),
  ],
  metrics: [
    {
      id: 'training.reading.books',
      label: '推荐图书种数',
      unit: '种',
      aggregate: { distinct: { dim: 'book' }, of: 'record' },
    },
    {
      id: 'training.reading.readers',
      label: '参加读书活动人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'record' },
    },
    {
      id: 'training.reading.notes',
      label: '读书笔记篇数',
      unit: '篇',
      aggregate: { sum: 'record', where: { notes: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}推荐图书{training.reading.books}，参加读书活动{training.reading.readers}[，撰写读书笔记{training.reading.notes}]。',
      weight: 58,
    },
  ],
  sample: { date: '2025-10-11', book: '班组长手记', reader: '方若兰', notes: '是' },
})

/** Films shown for education. */
export const film = register({
  id: 'training.film',
  title: '教育影片观看',
  domain: 'SZ',
  mechanisms: ['SZ-22'],
  help: '每放映一场一条记录，每位观看者占一行；不逐一记名的可不填明细。',
  dateLabel: '放映日期',
  fields: [
    field.text('film', '影片名称', { required: true, dim: true, key: true }),
    field.text('theme', '教育主题', { dim: true }),
  ],
  lines: { title: '观看者', fields: [field.person('viewer', '观看者姓名', { required: true })] },
  metrics: [
    {
      id: 'training.film.films',
      label: '观看教育影片部数',
      unit: '部',
      aggregate: { distinct: { dim: 'film' }, of: 'record' },
    },
    { id: 'training.film.showings', label: '教育影片放映场次', unit: '场', aggregate: { sum: 'record' } },
    { id: 'training.film.viewings', label: '观看教育影片人次', unit: '人次', aggregate: { sum: 'line' } },
  ],
  clauses: [
    {
      text: '{period}组织观看教育影片{training.film.films}（{list:film}）[，放映{training.film.showings}][，观看{training.film.viewings}]。',
      weight: 64,
    },
  ],
  sample: { date: '2025-09-29', film: '长津湖', theme: '爱国主义', viewer: '方若兰' },
})
