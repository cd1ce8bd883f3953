import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const exam = counting('women.health-check', 'line')
/** A round of women's examinations: everybody due is listed, who came is marked. */
export const healthChecks = register({
  id: 'women.health-check',
  title: '女职工体检',
  domain: 'NG',
  mechanisms: ['NG-04', 'NG-05'],
  delicate: true,
  help: '一轮体检一条；应检女职工一行一人，到检的填“是”。不登记检查结果。',
  dateLabel: '体检开始日期',
  endDateLabel: '体检结束日期',
  titleLabel: '体检名称',
  fields: [
    field.choice('kind', '种类', ['妇科检查', '两癌筛查', '综合体检', '其他'], { required: true }),
    field.text('clinic', '体检机构'),
    field.text('committee', '组织的女工委', { dim: true }),
    field.integer('daysHeld', '体检天数', { min: 1, max: 60 }),
    field.money('cost', '体检费用（元）'),
  ],
  lines: {
    title: '应检名单',
    fields: [field.person('person', '姓名', { required: true }), field.yesno('done', '已体检', { required: true })],
  },
  metrics: [
    exam.records('rounds', '女职工体检轮次', '次'),
    exam.people('due', '应检女职工人数'),
    exam.people('done', '体检女职工人数', { done: '是' }),
    exam.lines('times', '女职工体检人次', '人次', { done: '是' }),
    exam.people('gynaecological', '妇科检查人数', { done: '是', kind: ['妇科检查', '两癌筛查'] }),
    exam.rate('coverage', '女职工体检覆盖率', 'done', 'due', '已体检人数占应检名单人数。'),
    exam.stated('days', '妇检天数', '天', 'daysHeld'),
    exam.kinds('committees', '组织体检的女工委数', '个', 'committee'),
    exam.every('yearly', '女职工体检频次', 'year'),
    exam.money('cost', '女职工体检费用', 'cost'),
  ],
  clauses: [
    {
      text: '{period}组织女职工体检{women.health-check.rounds}，应检{women.health-check.due}，实检{women.health-check.done}，覆盖率{women.health-check.coverage}[，费用{women.health-check.cost}]。',
      weight: 80,
    },
    {
      text: '{period}为女职工{women.health-check.gynaecological}安排了妇科检查[，用时{women.health-check.days}]。',
      weight: 78,
    },
    { text: '{period}有{women.health-check.committees}女工委组织了女职工体检。', weight: 60 },
  ],
  sample: {
    date: '2026-06-08',
    endDate: '2026-06-10',
    title: '女职工妇科检查',
    kind: '妇科检查',
    clinic: '县妇幼保健院',
    committee: '机关女工委',
    daysHeld: '3',
    cost: '12000',
    person: '白雪梅',
    done: '是',
  },
})

const contract = counting('women.contract')
export const contracts = register({
  id: 'women.contract',
  title: '女职工专项合同与劳动保护检查',
  domain: 'NG',
  mechanisms: ['NG-02', 'NG-03', 'NG-18'],
  help: '签订或检查一次专项合同、开展一次劳动保护检查、参加一次协商，各一行。',
  dateLabel: '日期',
  titleLabel: '事项名称',
  fields: [
    field.choice('kind', '事项', ['签订专项合同', '履约检查', '劳动保护检查', '参与平等协商'], { required: true }),
    field.text('company', '签订（受检）单位', { dim: true }),
    field.person('inspector', '检查员（代表）'),
    field.integer('problems', '发现问题（个）', { max: 10_000 }),
    field.integer('mended', '已整改（个）', { max: 10_000, atMost: 'problems' }),
  ],
  metrics: [
    contract.records('signed', '签订女职工专项合同份数', '份', { kind: '签订专项合同' }),
    contract.records('checks', '专项合同履约检查次数', '次', { kind: '履约检查' }),
    contract.records('protection', '女职工劳动保护检查次数', '次', { kind: '劳动保护检查' }),
    contract.records('talks', '女职工参与平等协商次数', '次', { kind: '参与平等协商' }),
    contract.sum('problems', '检查发现问题个数', '个', 'problems'),
    contract.sum('mended', '检查问题整改个数', '个', 'mended'),
    contract.people('inspectors', '参与检查协商的女职工人数'),
  ],
  clauses: [
    {
      text: '{period}签订女职工特殊权益专项合同{women.contract.signed}[，开展履约检查{women.contract.checks}]。',
      weight: 70,
    },
    {
      text: '{period}开展女职工劳动保护检查{women.contract.protection}[，发现问题{women.contract.problems}][，整改{women.contract.mended}]。',
      weight: 69,
    },
    { text: '{period}女职工代表参加平等协商{women.contract.talks}。', weight: 55 },
  ],
  sample: {
    date: '2026-03-25',
    title: '第三轮女职工专项集体合同',
    kind: '签订专项合同',
    company: '公司',
    inspector: '白雪梅',
  },
})

const event = counting('women.event', 'line')
/** What women's committees hold: 8 March, talks, courses, contests, family virtue. Everybody due may be listed. */
export const womenEvents = register({
  id: 'women.event',
  title: '女职工活动',
  domain: 'NG',
  mechanisms: ['NG-06', 'NG-07', 'NG-08', 'NG-14', 'NG-15', 'NG-17', 'NG-20', 'NG-21'],
  help: '一次活动一条；说“全体女职工”的活动把应参加的人都列上，参加的填“是”。',
  dateLabel: '活动日期',
  titleLabel: '活动名称',
  fields: [
    field.choice(
      'kind',
      '类别',
      [
        '三八节活动',
        '健康讲座',
        '女工干部培训',
        '文体比赛',
        '外出参观',
        '家庭文明建设',
        '青年与下一代工作',
        '两个工程',
        '其他',
      ],
      { required: true },
    ),
    field.text('place', '地点'),
    field.money('cost', '支出（元）'),
  ],
  lines: {
    title: '应参加女职工',
    fields: [field.person('person', '姓名', { required: true }), field.yesno('done', '已参加', { required: true })],
  },
  metrics: [
    event.records('count', '女职工活动次数', '次'),
    event.people('persons', '参加女职工活动人数', { done: '是' }),
    event.lines('times', '参加女职工活动人次', '人次', { done: '是' }),
    event.people('due', '应参加女职工活动人数'),
    event.rate('coverage', '女职工活动参加率', 'persons', 'due', '参加人数占应参加名单人数。'),
    event.records('women-day', '三八节活动次数', '次', { kind: '三八节活动' }),
    event.records('talks', '女职工健康讲座次数', '次', { kind: '健康讲座' }),
    event.people('talk-persons', '参加健康讲座女职工人数', { kind: '健康讲座', done: '是' }),
    event.records('courses', '女工干部培训次数', '次', { kind: '女工干部培训' }),
    event.people('course-persons', '参加培训女工干部人数', { kind: '女工干部培训', done: '是' }),
    event.records('contests', '女职工文体比赛次数', '次', { kind: '文体比赛' }),
    event.records('outings', '女职工外出参观次数', '次', { kind: '外出参观' }),
    event.people('outing-persons', '外出参观女职工人数', { kind: '外出参观', done: '是' }),
    event.people('outing-due', '应参加外出参观女职工人数', { kind: '外出参观' }),
    event.rate('outing-coverage', '女职工外出参观覆盖率', 'outing-persons', 'outing-due', '参加人数占应参加名单人数。'),
    event.records('family', '家庭文明建设活动次数', '次', { kind: '家庭文明建设' }),
    event.records('youth', '青年与下一代工作次数', '次', { kind: '青年与下一代工作' }),
    event.records('projects', '两个工程活动次数', '次', { kind: '两个工程' }),
    event.money('cost', '女职工活动支出', 'cost'),
  ],
  clauses: [
    {
      text: '{period}开展女职工活动{women.event.count}[，参加{women.event.times}][，支出{women.event.cost}]。',
      weight: 75,
    },
    {
      text: '{period}举办女职工健康讲座{women.event.talks}[，参加{women.event.talk-persons}][；培训女工干部{women.event.courses}][、{women.event.course-persons}]。',
      weight: 66,
    },
    {
      text: '{period}开展家庭文明建设活动{women.event.family}[，青年与下一代工作{women.event.youth}][，两个工程活动{women.event.projects}]。',
      weight: 50,
    },
    {
      text: '{period}组织女职工外出参观{women.event.outings}，应参加{women.event.outing-due}，参加{women.event.outing-persons}，占{women.event.outing-coverage}。',
      weight: 64,
    },
    { text: '{date}，组织女职工{title}[，参加{women.event.persons}]。', each: { max: 8 }, weight: 30 },
  ],
  sample: {
    date: '2026-03-08',
    title: '春日健步走',
    kind: '三八节活动',
    place: '滨河公园',
    cost: '1600',
    person: '白雪梅',
    done: '是',
  },
})

const emulation = counting('women.emulation')
export const emulations = register({
  id: 'women.emulation',
  title: '女职工建功与成才',
  domain: 'NG',
  mechanisms: ['NG-09', 'NG-10', 'NG-11', 'NG-12', 'NG-13', 'NG-22'],
  help: '一名女职工或一个集体的一项竞赛成果、创新成果、自学达标、论文一行。',
  dateLabel: '日期',
  titleLabel: '项目（称号、论文）名称',
  fields: [
    field.choice('kind', '种类', ['四赛四比', '双文明建功', '双争', '岗位创新', '成才达标', '学习论文', '其他'], {
      required: true,
    }),
    field.person('person', '女职工'),
    field.text('team', '集体', { dim: true }),
    field.choice('result', '结果', ['参赛', '先进单位', '先进个人', '岗位（标兵岗）', '能手', '达标', '获奖'], {
      required: true,
    }),
  ],
  metrics: [
    emulation.records('count', '女职工建功成才成果项数', '项'),
    emulation.people('persons', '参与建功成才女职工人数'),
    emulation.records('four', '四赛四比先进单位项数', '项', { kind: '四赛四比', result: '先进单位' }),
    emulation.records('posts', '巾帼岗（标兵岗）个数', '个', { result: '岗位（标兵岗）' }),
    emulation.people('experts', '女能手、先进个人数', { result: ['能手', '先进个人'] }),
    emulation.records('innovation', '女职工岗位创新项数', '项', { kind: '岗位创新' }),
    emulation.people('study', '成才达标女职工人数', { kind: '成才达标', result: '达标' }),
    emulation.records('essays', '女职工学习论文篇数', '篇', { kind: '学习论文' }),
  ],
  clauses: [
    {
      text: '{period}女职工建功成才取得成果{women.emulation.count}[，创建巾帼岗{women.emulation.posts}][，涌现女能手和先进个人{women.emulation.experts}][，岗位创新{women.emulation.innovation}]。',
      weight: 62,
    },
    { text: '{period}在女职工“四赛四比”竞赛中获先进单位{women.emulation.four}。', weight: 61 },
    { text: '{period}有女职工{women.emulation.study}成才达标[，撰写学习论文{women.emulation.essays}]。', weight: 52 },
  ],
  sample: { date: '2026-11-02', title: '省直机关女职工竞赛', kind: '四赛四比', team: '机关女工委', result: '先进单位' },
})

const care = counting('women.care', 'line')
export const womenCare = register({
  id: 'women.care',
  title: '女职工关爱与用品发放',
  domain: 'NG',
  mechanisms: ['NG-16', 'NG-19'],
  delicate: true,
  help: '一次发放或帮助为一条；受益女职工一行一人。',
  dateLabel: '日期',
  titleLabel: '事项',
  fields: [
    field.choice('kind', '种类', ['卫生保健用品', '探病访故', '济困扶弱', '家庭纠纷调解', '其他'], { required: true }),
    field.money('cost', '支出（元）'),
  ],
  lines: { title: '受益女职工', fields: [field.person('person', '姓名', { required: true })] },
  metrics: [
    care.records('count', '女职工关爱实事件数', '件'),
    care.people('persons', '受益女职工人数'),
    care.lines('times', '受益女职工人次', '人次'),
    care.people('goods', '领取卫生保健用品女职工人数', { kind: '卫生保健用品' }),
    care.records('mediation', '调解家庭纠纷件数', '件', { kind: '家庭纠纷调解' }),
    care.money('cost', '女职工关爱支出', 'cost'),
  ],
  clauses: [
    {
      text: '{period}为女职工办实事{women.care.count}，受益{women.care.persons}[，发放卫生保健用品惠及{women.care.goods}][，调解家庭纠纷{women.care.mediation}][，支出{women.care.cost}]。',
      weight: 58,
    },
  ],
  sample: { date: '2026-03-06', title: '发放卫生保健用品', kind: '卫生保健用品', cost: '2400', person: '白雪梅' },
})

const family = counting('women.family-planning', 'line')
/** History only: what unions did in those years. */
export const familyPlanning = register({
  id: 'women.family-planning',
  title: '计划生育工作（历史）',
  domain: 'JH',
  mechanisms: ['JH-01', 'JH-02', 'JH-03', 'JH-04', 'JH-05', 'JH-06', 'JH-07', 'JH-08', 'JH-09', 'JH-10'],
  delicate: true,
  help: '历史资料导入：一次检查、会议、讲座、竞赛、发放、报表或一项荣誉为一条；参加人员一行一人。',
  dateLabel: '日期',
  titleLabel: '事项',
  historyOnly: true,
  fields: [
    field.choice(
      'kind',
      '种类',
      [
        '孕检',
        '健康检查',
        '例会',
        '讲座',
        '竞赛',
        '药具发放',
        '独生子女父母认定',
        '责任书',
        '报表',
        '获评先进',
        '配合工作',
      ],
      { required: true },
    ),
    field.integer('boxes', '发放药具（盒）', { max: 1_000_000 }),
  ],
  lines: { title: '人员', fields: [field.person('person', '姓名', { required: true })] },
  metrics: [
    family.records('count', '计划生育工作次数', '次'),
    family.people('persons', '计划生育服务人数'),
    family.records('checks', '孕检次数', '次', { kind: '孕检' }),
    family.people('check-persons', '参加孕检人数', { kind: '孕检' }),
    family.lines('health-times', '育龄女职工健康检查人次', '人次', { kind: '健康检查' }),
    family.sum('boxes', '发放药具盒数', '盒', 'boxes'),
    family.people('parents', '独生子女父母补贴认定人数', { kind: '独生子女父母认定' }),
    family.records('letters', '签订责任书份数', '份', { kind: '责任书' }),
    family.records('meetings', '计生例会次数', '次', { kind: '例会' }),
    family.people('contestants', '计生知识竞赛参加人数', { kind: '竞赛' }),
    family.records('talks', '计生讲座次数', '次', { kind: '讲座' }),
    family.records('returns', '计生报表份数', '份', { kind: '报表' }),
    family.records('titles', '计划生育先进项数', '项', { kind: '获评先进' }),
    family.records('duties', '配合计生普查等工作次数', '次', { kind: '配合工作' }),
  ],
  clauses: [
    {
      text: '{period}组织孕检{women.family-planning.checks}，参加{women.family-planning.check-persons}[，发放药具{women.family-planning.boxes}]。',
      weight: 60,
    },
    {
      text: '{period}开展计划生育工作{women.family-planning.count}[，健康检查{women.family-planning.health-times}][，讲座{women.family-planning.talks}][，例会{women.family-planning.meetings}][，签订责任书{women.family-planning.letters}][，认定独生子女父母{women.family-planning.parents}]。',
      weight: 55,
    },
    { text: '{period}获评计划生育先进{women.family-planning.titles}。', weight: 50 },
  ],
  sample: { date: '2012-05-10', title: '春季孕检', kind: '孕检', person: '白雪梅' },
})
