import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'

const trip = counting('welfare.trip', 'line')
const SUMMER = ['暑期出游', '疗休养']
export const trips = register({
  id: 'welfare.trip',
  title: '疗休养与出游',
  domain: 'FL',
  mechanisms: ['FL-11', 'FL-12'],
  help: '一条线路（一次出行）为一条，成行的人一人一行。',
  dateLabel: '出发日期',
  endDateLabel: '返回日期',
  titleLabel: '线路名称',
  fields: [
    field.choice('kind', '类别', [...SUMMER, '工会小组参观旅游'], { required: true }),
    field.text('group', '工会小组', { dim: true }),
    field.text('destination', '目的地'),
    field.choice('leader', '带队人', ['工会委员', '工会小组长', '单位领导', '旅行社']),
    field.yesno('medicine', '备有药品'),
    field.yesno('notice', '发放出行须知'),
  ],
  lines: {
    title: '出行人员',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.choice('status', '职工状况', ['在职', '离退休', '家属'], { required: true }),
      field.money('subsidy', '补贴（元）'),
    ],
  },
  metrics: [
    trip.records('trips', '疗休养和出游批次', '批'),
    trip.records('routes', '暑期出游线路', '条', { kind: SUMMER }),
    trip.people('people', '疗休养和出游人数'),
    trip.lines('times', '疗休养和出游人次', '人次'),
    trip.people('route-people', '暑期出游人数', { kind: SUMMER }),
    trip.money('subsidy', '疗休养和出游补贴', 'subsidy'),
    trip.records('led', '工会委员带队的线路', '条', { kind: SUMMER, leader: '工会委员' }),
    trip.records('equipped', '备有药品的线路', '条', { kind: SUMMER, medicine: '是' }),
    trip.records('group-trips', '工会小组参观旅游', '次', { kind: '工会小组参观旅游' }),
    trip.recordKinds('groups', '组织参观旅游的工会小组', '个', 'group', { kind: '工会小组参观旅游' }),
    trip.people('group-people', '参加小组参观旅游人数', { kind: '工会小组参观旅游' }),
    trip.people('group-retired', '参加小组参观旅游的离退休人员', { kind: '工会小组参观旅游', status: '离退休' }),
  ],
  clauses: [
    {
      text: '{period}，组织疗休养和出游线路{welfare.trip.routes}，成行{welfare.trip.route-people}[，由工会委员带队{welfare.trip.led}][，备有药品{welfare.trip.equipped}][，发放补贴{welfare.trip.subsidy}]。',
      weight: 75,
    },
    {
      text: '{period}，以工会小组为单位组织参观旅游{welfare.trip.group-trips}[，涉及小组{welfare.trip.groups}]，参加{welfare.trip.group-people}[，其中离退休人员{welfare.trip.group-retired}]。',
      weight: 65,
    },
  ],
  sample: {
    date: '2026-07-12',
    endDate: '2026-07-16',
    title: '皖南线',
    kind: '暑期出游',
    destination: '黄山、宏村',
    leader: '工会委员',
    medicine: '是',
    notice: '是',
    person: '周丽',
    status: '在职',
    subsidy: '800',
  },
})

const intention = counting('welfare.trip-survey', 'line')
export const tripSurveys = register({
  id: 'welfare.trip-survey',
  title: '出游意向征询',
  domain: 'FL',
  mechanisms: ['FL-11'],
  help: '一次征询一条；征询的职工一人一行，答复了的填“是”并写所选线路。',
  dateLabel: '征询日期',
  titleLabel: '征询名称',
  fields: [field.text('routes', '备选线路')],
  lines: {
    title: '征询名单',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.yesno('answered', '已答复', { required: true }),
      field.text('wish', '所选线路', { dim: true }),
      field.yesno('joins', '愿意参加'),
    ],
  },
  metrics: [
    intention.records('surveys', '出游意向征询', '次'),
    intention.people('asked', '出游意向征询人数'),
    intention.people('answered', '出游意向答复人数', { answered: '是' }),
    intention.rate('rate', '出游意向答复率', 'answered', 'asked', '答复职工占征询职工。'),
    intention.people('joins', '愿意参加出游人数', { answered: '是', joins: '是' }),
    intention.kinds('wishes', '职工选择的线路', '条', 'wish', { answered: '是' }),
  ],
  clauses: [
    {
      text: '{period}，就出游线路征询职工{welfare.trip-survey.asked}，收到答复{welfare.trip-survey.answered}，答复率{welfare.trip-survey.rate}[，愿意参加{welfare.trip-survey.joins}]。',
      weight: 64,
    },
  ],
  sample: {
    date: '2026-06-03',
    title: '暑期出游意向',
    routes: '皖南线、海滨线、古镇线',
    person: '周丽',
    answered: '是',
    wish: '皖南线',
    joins: '是',
  },
})
