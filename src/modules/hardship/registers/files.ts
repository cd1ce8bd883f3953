import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'
import { TAGGED, TAGS } from './words.ts'

const file = counting('hardship.file')
const ON_FILE = ['新建档', '复核续档', '调整类别', '返困重建']
export const files = register({
  id: 'hardship.file',
  title: '困难职工档案',
  domain: 'BF',
  mechanisms: ['BF-01', 'BF-12'],
  help: '每户建档时登记一行，以后每年复核再登记一行，脱困或注销也登记一行；身份证件、银行卡号不在这里填写。',
  dateLabel: '建档（复核）日期',
  confidential: true,
  fields: [
    field.person('person', '职工姓名', { required: true, aliases: ['姓名'] }),
    field.household('household', '家庭（户主）', { required: true }),
    field.choice('action', '办理事项', [...ON_FILE, '脱困退出', '其他原因注销'], { required: true }),
    field.choice('category', '困难类别', ['深度困难', '相对困难', '意外致困', '单位建档'], { required: true }),
    field.choice(
      'ground',
      '主要致困原因',
      ['本人大病', '家属大病', '子女上学', '单亲抚养', '工伤致残', '残疾', '下岗失业', '意外灾害', '收入偏低', '其他'],
      { required: true },
    ),
    field.choice('tag', '身份', TAGS),
    field.choice('work', '工作状态', ['在岗', '下岗待岗', '失业', '病休', '内退', '退休', '农民工']),
    field.choice('health', '健康状况', ['良好', '慢性病', '重大疾病', '残疾']),
    field.choice('housing', '住房类型', ['自有', '公租', '租住', '借住']),
    field.integer('familySize', '家庭人口', { min: 1, max: 30 }),
    field.money('perCapita', '家庭月人均收入（元）'),
    field.yesno('electronic', '已建电子档案', { required: true }),
    field.yesno('published', '已公示满五个工作日'),
    field.date('reviewOn', '下次复核日期'),
    field.text('exitReason', '退出原因'),
    field.text('checkedBy', '入户核查人'),
  ],
  metrics: [
    file.records('entries', '困难档案办理', '件次'),
    file.people(
      'people',
      '在档困难职工人数',
      { action: ON_FILE },
      { definition: '本期建档、续档或调整类别的职工，每人计一次。' },
    ),
    file.households('households', '在档困难家庭户数', { action: ON_FILE }),
    file.people('new', '新建档困难职工人数', { action: ['新建档', '返困重建'] }),
    file.people('reviewed', '复核困难职工人数', { action: ['复核续档', '调整类别'] }),
    file.people('out', '脱困退出职工人数', { action: '脱困退出' }),
    file.people('deep', '深度困难职工人数', { action: ON_FILE, category: '深度困难' }),
    file.people('relative', '相对困难职工人数', { action: ON_FILE, category: '相对困难' }),
    file.people('accident', '意外致困职工人数', { action: ON_FILE, category: '意外致困' }),
    file.people('ill', '因病致困职工人数', { action: ON_FILE, ground: ['本人大病', '家属大病'] }),
    file.people('single', '单亲困难职工人数', { action: ON_FILE, ground: '单亲抚养' }),
    file.people('disabled', '工伤致残困难职工人数', { action: ON_FILE, ground: '工伤致残' }),
    file.people('tagged', '劳模、党员、归侨困难职工人数', { action: ON_FILE, tag: TAGGED }),
    file.people('electronic', '建立电子档案的困难职工人数', { action: ON_FILE, electronic: '是' }),
    file.rate('electronic-rate', '电子档案建档率', 'electronic', 'people', '建立电子档案的占在档困难职工。'),
  ],
  clauses: [
    {
      text: '{period}，在档困难职工{hardship.file.people}、家庭{hardship.file.households}[，其中深度困难{hardship.file.deep}][，相对困难{hardship.file.relative}][，意外致困{hardship.file.accident}][，建立电子档案{hardship.file.electronic}，占{hardship.file.electronic-rate}]。',
      weight: 85,
    },
    {
      text: '{period}，复核困难档案{hardship.file.reviewed}[，新建档{hardship.file.new}][，脱困退出{hardship.file.out}]。',
      weight: 80,
    },
    {
      text: '{period}，在档困难职工中有劳模、党员、归侨等人员{hardship.file.tagged}[，因病致困{hardship.file.ill}][，单亲抚养子女{hardship.file.single}][，工伤致残{hardship.file.disabled}]。',
      genres: ['annual', 'briefing'],
      weight: 60,
    },
  ],
  sample: {
    date: '2026-03-05',
    person: '马春燕',
    household: '马春燕',
    action: '复核续档',
    category: '相对困难',
    ground: '家属大病',
    tag: '无',
    work: '在岗',
    health: '良好',
    housing: '租住',
    familySize: '3',
    perCapita: '1180',
    electronic: '是',
    published: '是',
    reviewOn: '2027-03-05',
    checkedBy: '赵敏',
  },
})

const network = counting('hardship.contact', 'line')
export const contacts = register({
  id: 'hardship.contact',
  title: '帮扶联系名单',
  domain: 'BF',
  mechanisms: ['BF-03'],
  help: '每年确定一次帮扶联系名单为一条；应联系的人全部列入，一人一行，落实了联系人的填“是”。',
  dateLabel: '确定日期',
  titleLabel: '名单名称',
  confidential: true,
  fields: [field.text('organiser', '牵头部门')],
  lines: {
    title: '应联系名单',
    fields: [
      field.person('person', '联系对象', { required: true, aliases: ['姓名'] }),
      field.choice(
        'group',
        '所属群体',
        ['困难职工', '困难劳模', '困难党员', '住院职工', '单亲职工', '退休困难', '下岗职工', '其他'],
        {
          required: true,
        },
      ),
      field.yesno('done', '已落实联系人', { required: true }),
      field.text('contact', '帮扶联系人', { dim: true }),
    ],
  },
  metrics: [
    network.people('due', '应落实帮扶联系的职工人数'),
    network.people('done', '已落实帮扶联系的职工人数', { done: '是' }),
    network.rate('coverage', '帮扶联系覆盖率', 'done', 'due', '已落实联系人的占应联系名单人数。'),
    network.kinds('groups', '帮扶联系覆盖的群体', '类', 'group', { done: '是' }),
    network.kinds('contacts', '帮扶联系人', '名', 'contact', { done: '是' }),
  ],
  clauses: [
    {
      text: '{period}，帮扶联系名单列入职工{hardship.contact.due}，已落实联系人{hardship.contact.done}，覆盖率{hardship.contact.coverage}[，涉及群体{hardship.contact.groups}][，担任联系人的有{hardship.contact.contacts}]。',
      weight: 70,
    },
  ],
  sample: {
    date: '2026-01-10',
    title: '困难职工结对联系名单',
    organiser: '工会',
    person: '马春燕',
    group: '困难职工',
    done: '是',
    contact: '王芳',
  },
})

const survey = counting('hardship.survey', 'line')
export const surveys = register({
  id: 'hardship.survey',
  title: '职工现状调查',
  domain: 'BF',
  mechanisms: ['BF-20'],
  help: '一次调查一条；应调查的职工全部列入，一人一行，调查到的填“是”。',
  dateLabel: '调查日期',
  titleLabel: '调查名称',
  confidential: true,
  fields: [field.choice('scope', '调查范围', ['全面调查', '重点调查'], { required: true })],
  lines: {
    title: '调查名单',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.yesno('done', '已调查', { required: true }),
      field.choice('employment', '就业状况', ['在岗', '下岗', '再就业', '内退', '退休', '其他']),
      field.choice('difficulty', '困难程度', ['不困难', '一般困难', '特别困难']),
      field.text('need', '主要诉求'),
    ],
  },
  metrics: [
    survey.records('rounds', '职工现状调查', '次'),
    survey.records('full', '职工现状全面调查', '次', { scope: '全面调查' }),
    survey.people('due', '应调查职工人数'),
    survey.people('done', '已调查职工人数', { done: '是' }),
    survey.rate('coverage', '调查覆盖率', 'done', 'due', '已调查职工占应调查职工。'),
    survey.people('laid-off', '调查中的下岗职工人数', { done: '是', employment: '下岗' }),
    survey.people('re-employed', '调查中的再就业职工人数', { done: '是', employment: '再就业' }),
    survey.people('difficult', '调查中的困难职工人数', { done: '是', difficulty: ['一般困难', '特别困难'] }),
  ],
  clauses: [
    {
      text: '{period}，开展职工现状调查{hardship.survey.rounds}，调查职工{hardship.survey.done}，占应调查职工的{hardship.survey.coverage}[，其中下岗{hardship.survey.laid-off}][，再就业{hardship.survey.re-employed}][，生活困难{hardship.survey.difficult}]。',
      weight: 55,
    },
  ],
  sample: {
    date: '2026-05-11',
    title: '系统职工现状调查',
    scope: '全面调查',
    person: '何建军',
    done: '是',
    employment: '再就业',
    difficulty: '一般困难',
    need: '希望参加技能培训',
  },
})
