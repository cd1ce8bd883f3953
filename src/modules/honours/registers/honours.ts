import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

export const LEVELS = ['国家级', '省级', '市级', '县（区）级', '本单位', '其他'] as const

const honour = counting('honours.award')
/** One honour given to one person, team or unit. */
export const awards = register({
  id: 'honours.award',
  title: '荣誉台账',
  domain: 'RY',
  mechanisms: ['RY-02', 'RY-03', 'RY-04', 'RY-07', 'RY-08', 'RY-09', 'RY-10', 'RY-15', 'RY-16', 'RY-17'],
  help: '获得一项荣誉一行：个人写姓名，集体写集体名称。',
  dateLabel: '授予日期',
  titleLabel: '荣誉名称',
  fields: [
    field.choice('level', '荣誉级别', LEVELS, { required: true }),
    field.choice('holderKind', '获奖对象', ['个人', '集体', '家庭'], { required: true }),
    field.person('person', '获奖个人'),
    field.text('holder', '获奖集体（家庭）', { dim: true }),
    field.choice(
      'kind',
      '荣誉类别',
      [
        '五一劳动奖',
        '工人先锋号',
        '劳动模范',
        '巾帼荣誉',
        '文明单位（集体）',
        '先进单位',
        '先进分会（小组）',
        '先进党支部',
        '优秀工会干部',
        '先进工作者',
        '优秀共产党员',
        '优秀教师',
        '文明家庭',
        '财务考核奖',
        '其他',
      ],
      { required: true, open: true },
    ),
    field.text('issuer', '授予单位', { dim: true }),
    field.text('document', '文件号'),
    field.money('prize', '奖金（元）'),
  ],
  metrics: [
    honour.records('count', '获得荣誉项数', '项'),
    honour.records('national', '国家级荣誉项数', '项', { level: '国家级' }),
    honour.records('province', '省级荣誉项数', '项', { level: '省级' }),
    honour.records('city', '市级荣誉项数', '项', { level: '市级' }),
    honour.records('county', '县（区）级荣誉项数', '项', { level: '县（区）级' }),
    honour.records('teams', '集体荣誉项数', '项', { holderKind: '集体' }),
    honour.people('persons', '获荣誉职工人数', { holderKind: '个人' }),
    honour.people('labour-medal', '五一劳动奖章获得者人数', { kind: '五一劳动奖', holderKind: '个人' }),
    honour.records('labour-award', '五一劳动奖状项数', '项', { kind: '五一劳动奖', holderKind: '集体' }),
    honour.people('model-workers', '新获劳动模范称号人数', { kind: '劳动模范' }),
    honour.records('pioneer', '工人先锋号个数', '个', { kind: '工人先锋号' }),
    honour.records('women', '巾帼荣誉项数', '项', { kind: '巾帼荣誉' }),
    honour.records('civilised', '文明单位（集体）项数', '项', { kind: '文明单位（集体）' }),
    honour.records('unit-title', '先进单位称号项数', '项', { kind: '先进单位' }),
    honour.records('branches', '先进分会（小组）个数', '个', { kind: '先进分会（小组）' }),
    honour.records('party-branches', '先进党支部个数', '个', { kind: '先进党支部' }),
    honour.people('officers', '受表彰工会干部人数', { kind: '优秀工会干部' }),
    honour.people('advanced', '先进工作者人数', { kind: '先进工作者' }),
    honour.people('party-members', '优秀共产党员人数', { kind: '优秀共产党员' }),
    honour.people('teachers', '优秀教师人数', { kind: '优秀教师' }),
    honour.kinds('families', '文明家庭户数', '户', 'holder', { kind: '文明家庭' }),
    honour.records('finance', '财务考核奖项数', '项', { kind: '财务考核奖' }),
    honour.money('prize', '荣誉奖金', 'prize'),
  ],
  clauses: [
    {
      text: '{period}获得各级荣誉{honours.award.count}[，其中国家级{honours.award.national}][，省级{honours.award.province}][，市级{honours.award.city}][，集体荣誉{honours.award.teams}]。',
      weight: 70,
    },
    { text: '{period}有职工{honours.award.labour-medal}获得五一劳动奖章。', weight: 80 },
    { text: '{period}，获得五一劳动奖状{honours.award.labour-award}。', weight: 79 },
    { text: '{period}，有职工{honours.award.model-workers}被授予劳动模范称号。', weight: 78 },
    { text: '{period}，创建工人先锋号{honours.award.pioneer}[，获巾帼荣誉{honours.award.women}]。', weight: 60 },
    {
      text: '{period}，表彰先进分会（小组）{honours.award.branches}[、优秀工会干部{honours.award.officers}]。',
      section: 'ZZ',
      weight: 55,
    },
    {
      text: '{period}，评选先进工作者{honours.award.advanced}[、优秀共产党员{honours.award.party-members}][、先进党支部{honours.award.party-branches}][、优秀教师{honours.award.teachers}]。',
      weight: 58,
    },
    { text: '{period}，评选文明家庭{honours.award.families}。', section: 'NG', weight: 50 },
    {
      text: '{period}，获得文明单位（集体）称号{honours.award.civilised}[，先进单位称号{honours.award.unit-title}]。',
      weight: 54,
    },
    { text: '{period}，工会财务工作考核获奖{honours.award.finance}。', section: 'CW', weight: 40 },
  ],
  sample: {
    date: '2026-04-28',
    title: '市五一劳动奖章',
    level: '市级',
    holderKind: '个人',
    person: '韩立群',
    kind: '五一劳动奖',
    issuer: '市总工会',
    document: '清工发〔2026〕12号',
  },
})

const contest = counting('honours.contest-result', 'line')
/** What our people and teams won in other bodies' contests. */
export const contestResults = register({
  id: 'honours.contest-result',
  title: '参赛获奖登记',
  domain: 'RY',
  mechanisms: ['RY-11'],
  help: '参加一项外部比赛为一条；获得的每个奖项一行。',
  dateLabel: '比赛日期',
  titleLabel: '比赛名称',
  fields: [
    field.choice('level', '赛事级别', LEVELS, { required: true }),
    field.text('organiser', '主办单位', { dim: true }),
    field.choice('category', '比赛类别', ['体育', '文艺', '书画摄影', '技能', '知识', '其他'], { required: true }),
  ],
  lines: {
    title: '获奖项目',
    fields: [
      field.text('entry', '获奖项目（作品、队伍）', { required: true, dim: true }),
      field.choice(
        'grade',
        '奖次',
        ['特等奖', '特别奖', '一等奖', '二等奖', '三等奖', '优秀奖', '优秀作品奖', '优秀组织奖', '名次'],
        { required: true, open: true },
      ),
      field.integer('rank', '名次（数字）', { min: 1, max: 999 }),
      field.choice('rankKind', '名次类别', ['团体', '男子团体', '女子团体', '个人']),
      field.person('person', '获奖人'),
    ],
  },
  metrics: [
    contest.records('contests', '获奖赛事项数', '项'),
    contest.lines('awards', '比赛获奖项数', '项'),
    contest.lines('special', '特等奖、特别奖项数', '项', { grade: ['特等奖', '特别奖'] }),
    contest.lines('first', '比赛一等奖项数', '项', { grade: '一等奖' }),
    contest.lines('second', '比赛二等奖项数', '项', { grade: '二等奖' }),
    contest.lines('third', '比赛三等奖项数', '项', { grade: '三等奖' }),
    contest.lines('excellent', '优秀奖、优秀作品奖项数', '项', { grade: ['优秀奖', '优秀作品奖'] }),
    contest.lines('organising', '优秀组织奖项数', '项', { grade: '优秀组织奖' }),
    contest.lines('arts', '文艺比赛获奖项数', '项', { category: '文艺' }),
    contest.lines('pictures', '书画摄影获奖项数', '项', { category: '书画摄影' }),
    contest.kinds('picture-grades', '书画摄影获奖种类', '类', 'grade', { category: '书画摄影' }),
    contest.kinds('arts-contests', '文艺比赛获奖种类', '类', 'grade', { category: '文艺' }),
    contest.people('persons', '比赛获奖人数'),
    contest.stated('team-rank', '团体名次', '名次', 'rank', { rankKind: '团体' }),
    contest.stated('men-rank', '男子团体名次', '名次', 'rank', { rankKind: '男子团体' }),
    contest.stated('women-rank', '女子团体名次', '名次', 'rank', { rankKind: '女子团体' }),
    contest.stated('single-rank', '个人名次', '名次', 'rank', { rankKind: '个人' }),
  ],
  clauses: [
    {
      text: '{period}参加各类比赛获奖{honours.contest-result.awards}[，其中特等奖、特别奖{honours.contest-result.special}][、一等奖{honours.contest-result.first}][、二等奖{honours.contest-result.second}][、三等奖{honours.contest-result.third}][、优秀组织奖{honours.contest-result.organising}]。',
      weight: 65,
      section: 'WT',
    },
    {
      text: '{period}，书画摄影作品获奖{honours.contest-result.pictures}[，涉及{honours.contest-result.picture-grades}奖项]。',
      weight: 52,
      section: 'WT',
    },
    {
      text: '{date}参加{title}，获奖{honours.contest-result.awards}[，团体第{honours.contest-result.team-rank#}名][，男子团体第{honours.contest-result.men-rank#}名][，女子团体第{honours.contest-result.women-rank#}名]。',
      each: { max: 12 },
      weight: 48,
      section: 'WT',
    },
  ],
  sample: {
    date: '2026-09-12',
    title: '市直机关职工乒乓球赛',
    level: '市级',
    organiser: '市直机关工会',
    category: '体育',
    entry: '男子乒乓球队',
    grade: '名次',
    rank: '3',
    rankKind: '男子团体',
  },
})

const selection = counting('honours.selection', 'line')
/** Selections held by the union itself: nominated, voted, chosen; and the quota a rule gives each group. */
export const selections = register({
  id: 'honours.selection',
  title: '评先选优',
  domain: 'RY',
  mechanisms: ['RY-01', 'RY-05', 'RY-06', 'RY-14'],
  help: '一次评选（推荐）为一条；候选人（集体）一行一个，选上的填“是”。',
  dateLabel: '评选日期',
  titleLabel: '评选名称',
  fields: [
    field.choice('kind', '评选种类', ['年终先进评选', '联合评选', '向上推荐', '文明办公室评比', '其他'], {
      required: true,
    }),
    field.integer('quotaMin', '每小组最少名额', { min: 0, max: 99, atMost: 'quotaMax' }),
    field.integer('quotaMax', '每小组最多名额', { min: 0, max: 99 }),
  ],
  lines: {
    title: '候选对象',
    fields: [
      field.person('person', '候选人'),
      field.text('team', '候选集体', { dim: true }),
      field.text('group', '所在小组', { dim: true }),
      field.choice('category', '评选类别', ['先进个人', '优秀个人', '先进集体', '先进党支部', '优秀办公室', '其他'], {
        required: true,
        open: true,
      }),
      field.yesno('chosen', '是否当选', { required: true }),
      field.money('prize', '奖励金额（元）'),
    ],
  },
  metrics: [
    selection.records('count', '开展评选次数', '次'),
    selection.lines('candidates', '评选候选数', '个'),
    selection.people('chosen', '当选先进优秀人数', { chosen: '是' }),
    selection.people('advanced', '评出先进个人人数', { chosen: '是', category: '先进个人' }),
    selection.people('excellent', '评出优秀个人人数', { chosen: '是', category: '优秀个人' }),
    selection.lines('teams', '评出先进集体数', '个', { chosen: '是', category: '先进集体' }),
    selection.lines('party-branches', '评出先进党支部数', '个', { chosen: '是', category: '先进党支部' }),
    selection.lines('offices', '评出优秀办公室数', '个', { chosen: '是', category: '优秀办公室' }),
    selection.lines('recommended', '向上推荐荣誉人（集体）数', '个', { kind: '向上推荐' }),
    selection.stated('quota-min', '每小组先进工作者名额（下限）', '名/组', 'quotaMin'),
    selection.stated('quota-max', '每小组先进工作者名额（上限）', '名/组', 'quotaMax'),
    selection.money('prize', '评先奖励金额', 'prize', { chosen: '是' }),
  ],
  clauses: [
    {
      text: '{period}开展评选{honours.selection.count}，[评出先进个人{honours.selection.advanced}][、优秀个人{honours.selection.excellent}][、先进集体{honours.selection.teams}][、先进党支部{honours.selection.party-branches}][、优秀办公室{honours.selection.offices}]，从{honours.selection.candidates}候选对象中产生。',
      weight: 62,
    },
    {
      text: '{period}，按小组评选先进工作者，每组{honours.selection.quota-min#}至{honours.selection.quota-max#}名。',
      weight: 45,
    },
    { text: '{period}，向上级推荐荣誉人选和集体{honours.selection.recommended}。', weight: 40 },
  ],
  sample: {
    date: '2026-12-20',
    title: '年终先进工作者评选',
    kind: '年终先进评选',
    quotaMin: '1',
    quotaMax: '2',
    person: '卢小宁',
    group: '行政一组',
    category: '先进个人',
    chosen: '是',
    prize: '500',
  },
})

const model = counting('honours.model-care')
/** What was done for model workers and examples: benefits paid, cultivated, publicised. */
export const modelCare = register({
  id: 'honours.model-care',
  title: '劳模服务与典型培养',
  domain: 'RY',
  mechanisms: ['RY-12', 'RY-13'],
  help: '为一名劳模或先进人物落实一项待遇、组织一次活动、开展一次宣传，各一行。',
  dateLabel: '日期',
  fields: [
    field.person('person', '劳模（先进人物）', { required: true }),
    field.choice('kind', '事项', ['落实待遇', '疗休养', '健康体检', '走访慰问', '事迹宣传', '培养选树', '其他'], {
      required: true,
    }),
    field.money('amount', '金额（元）'),
    field.text('note', '内容'),
  ],
  metrics: [
    model.records('count', '服务劳模和先进人物人次', '人次'),
    model.people('persons', '服务劳模和先进人物人数'),
    model.people('benefits', '落实待遇人数', { kind: '落实待遇' }),
    model.people('rest', '劳模疗休养人数', { kind: '疗休养' }),
    model.people('health', '劳模体检人数', { kind: '健康体检' }),
    model.records('publicity', '先进事迹宣传次数', '次', { kind: '事迹宣传' }),
    model.people('cultivated', '培养选树典型人数', { kind: '培养选树' }),
    model.money('amount', '劳模服务金额', 'amount'),
  ],
  clauses: [
    {
      text: '{period}服务劳模和先进人物{honours.model-care.persons}、{honours.model-care.count}[，落实待遇{honours.model-care.benefits}][，疗休养{honours.model-care.rest}][，体检{honours.model-care.health}][，金额{honours.model-care.amount}]。',
      weight: 50,
    },
    {
      text: '{period}，培养选树先进典型{honours.model-care.cultivated}[，宣传先进事迹{honours.model-care.publicity}]。',
      weight: 44,
    },
  ],
  sample: { date: '2026-05-06', person: '马文斌', kind: '落实待遇', amount: '3000', note: '省级劳模荣誉津贴' },
})
