import { edition, share, weighted, type Plan, type Plans } from '../plan.ts'
import { care, hardship } from './care.ts'
import { organisation } from './organisation.ts'

/** What a small union's ledger holds: the same registers, fewer rows, nothing of a factory. */
const everywhere: Plans = {
  'care.visit': { ...care['care.visit']!, many: 46 },
  'care.festival': {
    events: [
      ['01-24', '春节慰问', { festival: '春节' }, 24],
      ['09-24', '中秋慰问', { festival: '中秋' }, 20],
    ],
    lines: {
      who: 'anyone',
      values: {
        group: ({ person }) => (person?.retired ? '退休老职工' : '职工'),
        amount: undefined,
        gift: '米面油一份',
        giftValue: 120,
      },
    },
  },
  'hardship.file': { ...hardship['hardship.file']! },
  'hardship.relief': { ...hardship['hardship.relief']!, many: 6 },
  'hardship.warmth': {
    ...hardship['hardship.warmth']!,
    events: [['01-22', '元旦春节送温暖', { festival: '春节' }, 8]],
  },
  'mutual-aid.enrolment': {
    events: [['01-20', '职工医疗互助', { scheme: '职工医疗互助', payer: '共同负担', insurer: '职工互助保障办事处' }]],
    lasts: 365,
    lines: {
      who: 'active',
      all: true,
      values: {
        group: '在职职工',
        kind: '续保',
        done: share(96),
        premium: ({ values }) => (values['done'] ? 60 : undefined),
      },
    },
  },
  'mutual-aid.claim': {
    many: 12,
    who: 'active',
    values: {
      scheme: '职工医疗互助',
      appliedOn: -14,
      cause: weighted({ 住院: 5, 大病: 1 }),
      enrolled: true,
      amount: ({ draw }) => draw.between(30, 240) * 10,
    },
  },
  'activities.event': {
    events: [
      ['3', '春季健步走', { kind: '登山健步骑行' }, 30],
      ['4', '庆“五一”羽毛球赛', { kind: '单项比赛', sport: '羽毛球', festival: '五一' }, 24],
      ['9', '迎国庆文艺演出', { kind: '文艺演出', festival: '国庆' }, 26],
      ['12', '迎新年联欢会', { kind: '联欢联谊', festival: '元旦' }, 40],
    ],
    values: {
      sport: undefined,
      festival: '无',
      edition: undefined,
      place: ['活动室', '多功能厅', '体育馆'],
      fundedBy: '工会经费',
      unionCost: [800, 1600, 2600],
      otherCost: undefined,
    },
    lines: { values: { team: undefined, programme: undefined, result: undefined } },
  },
  'activities.team': {
    events: [
      ['01-10', '羽毛球队', { kind: '业余队伍', speciality: '羽毛球' }, 14],
      ['01-10', '书画协会', { kind: '文体协会', speciality: '书画' }, 12],
    ],
    values: { isNew: false, active: true },
  },
  'congress.session': {
    events: [['01-20', '会员代表大会', { kind: '会员代表大会', term: 6, meeting: edition(2, 2025) }, 48]],
    lasts: 0,
    values: { charter: '正式施行', sittings: undefined, resolutions: '通过工会工作报告和经费审查报告' },
    lines: { who: 'active', values: { attended: share(96) } },
  },
  'congress.motion': {
    many: 14,
    months: [1, 1, 9],
    titles: [
      '关于改善食堂伙食的提案',
      '关于增加体检项目的提案',
      '关于增设停车位的提案',
      '关于更新办公设备的提案',
      '关于增加业务培训的提案',
      '关于设立母婴室的提案',
    ],
    values: {
      session: '第六届',
      delegation: undefined,
      department: ['办公室', '后勤部门', '财务部门'],
      text: '职工反映较多，建议年内研究解决。',
      seconders: undefined,
      mergedInto: undefined,
      leader: undefined,
    },
  },
  'honours.award': {
    events: [
      ['03-05', '巾帼建功先进集体', { level: '县（区）级', holderKind: '集体', kind: '巾帼荣誉' }],
      ['04-28', '县五一劳动奖章', { level: '县（区）级', holderKind: '个人', kind: '五一劳动奖' }],
    ],
    values: {
      person: ({ values }) => (values['holderKind'] === '个人' ? 'active' : undefined),
      holder: ({ values }) => (values['holderKind'] === '集体' ? '女职工委员会' : undefined),
      issuer: '县总工会',
      document: undefined,
      prize: undefined,
    },
  },
  'training.study': {
    many: 18,
    at: 'union',
    titles: ['业务知识学习', '工会法学习', '党的创新理论学习', '典型案例学习'],
    values: { kind: ['政治学习', '业务学习'] },
    lines: {
      rows: [{ group: '第一工会小组' }, { group: '第二工会小组' }, { group: '第三工会小组' }],
      values: { recorded: share(94), notes: share(40) },
    },
  },
  'funds.receipt': {
    events: [
      ['03-12', '一季度拨缴经费'],
      ['06-12', '二季度拨缴经费'],
      ['09-12', '三季度拨缴经费'],
      ['12-10', '四季度拨缴经费'],
    ],
    values: { kind: '拨缴经费', payer: '财务部门', amount: ({ draw }) => draw.between(18, 36) * 1000 },
  },
  'funds.payment': {
    many: 14,
    at: 'union',
    titles: ['职工活动', '看望住院职工', '节日慰问品', '图书购置', '培训费用'],
    values: {
      kind: weighted({ 职工活动: 4, 送温暖: 2, 职工福利: 3, 文化教育: 1 }),
      amount: ({ draw }) => draw.between(6, 80) * 100,
      complete: true,
    },
  },
  'planning.plan-item': {
    events: [
      ['01-16', '开好会员代表大会', { kind: '重点工作' }],
      ['01-16', '办好职工运动会', { kind: '重点工作' }],
      ['01-16', '职工体检覆盖率', { kind: '指标', target: 95 }],
    ],
    values: {
      planYear: ({ year }) => year,
      target: undefined,
      targetCount: undefined,
      dueOn: '12-31',
      measures: '按季督办',
      done: share(80),
    },
  },
  'planning.joint-meeting': {
    events: [
      ['02-20', '研究年度工会工作'],
      ['07-18', '听取半年工会工作汇报'],
    ],
    values: { kind: '党组织专题听取汇报', decision: '同意工会工作安排', settled: true },
  },
  'publicity.news': {
    many: 22,
    at: 'union',
    titles: [
      '职工运动会举行',
      '春节慰问走进职工家庭',
      '工会召开代表大会',
      '女职工读书会举行',
      '志愿服务进社区',
      '技能比武展风采',
    ],
    values: {
      medium: weighted({ 微信公众号: 4, 网站: 3, 信息简报: 2 }),
      branch: undefined,
      adoptedBy: weighted({ 本单位: 4, '县（区）级': 2, 市级: 1 }),
    },
  },
  'union-building.meeting': {
    events: [
      ['02-18', '研究年度工作要点', { kind: '工会委员会会议' }, 9],
      ['05-20', '研究职工活动安排', { kind: '工会委员会会议' }, 9],
      ['09-16', '研究节日慰问', { kind: '工会委员会会议' }, 9],
      ['11-12', '研究送温暖安排', { kind: '工会委员会会议' }, 9],
    ],
    values: { decision: '通过方案，分工落实' },
    lines: { who: 'officers', values: { attended: share(95) } },
  },
  'union-building.committee': {
    ...organisation['union-building.committee']!,
    events: [
      ['01-10', undefined, { kind: '工会委员会' }],
      ['01-10', undefined, { kind: '经费审查委员会' }],
      ['01-10', undefined, { kind: '女职工委员会' }],
    ],
    lines: { ...organisation['union-building.committee']!.lines, many: [3, 5] },
  },
  'openness.item': {
    many: 12,
    at: 'union',
    titles: ['季度经费收支情况', '评先评优结果', '职称评聘结果', '后勤采购结果', '考核结果'],
    lasts: 10,
    values: {
      kind: '政务公开',
      category: weighted({ 财务收支: 3, 评先评优: 2, 考核结果: 2, 后勤管理: 1 }),
      channel: ['公开栏', '网站与内网'],
      scope: '全体职工',
    },
  },
  'women.event': {
    events: [
      ['03-07', '三八节读书分享会', { kind: '三八节活动', cost: 900 }, 28],
      ['05-16', '常见病防治讲座', { kind: '健康讲座', cost: 600 }, 24],
    ],
    values: { place: '职工之家' },
    lines: { who: 'women', values: { done: share(94) } },
  },
  'welfare.check-up': {
    events: [['05-16', '年度职工体检', { scope: '在职体检', hospital: '县中心医院', away: false }]],
    lasts: 5,
    lines: {
      who: 'active',
      all: true,
      values: { status: '在职', honour: '无', done: share(95), followUp: share(8), cost: undefined },
    },
  },
  'charity.donation': {
    events: [['09-06', '慈善日捐', { purpose: '其他', recipient: '县慈善会', anniversary: undefined }, 26]],
    lines: { who: 'active', values: { kind: '款', amount: [20, 50, 100], quantity: undefined } },
  },
  'venues.place': {
    events: [
      ['01-05', '职工活动室', { kind: '职工活动室', area: 120, capacity: 40 }],
      ['01-05', '职工书屋', { kind: '职工书屋', area: 60, capacity: 24 }],
    ],
    values: { change: '在用', work: undefined, cost: undefined },
  },
}

const openness = (kind: string): Plan => ({
  ...everywhere['openness.item']!,
  values: { ...everywhere['openness.item']!.values, kind },
})

const own: Readonly<Record<string, Plans>> = {
  school: {
    'openness.item': openness('校务公开'),
    'competitions.teaching-contest': {
      events: [
        ['04-18', '青年教师基本功竞赛', { kind: '基本功竞赛', level: '本校', edition: undefined }, 32],
        ['05-14', '县中学教师教学竞赛', { kind: '教学竞赛', level: '县（区）级', edition: edition(8, 2025) }, 9],
        ['10-22', '说讲评活动', { kind: '说讲评活动', level: '本校', edition: undefined }, 24],
      ],
      lines: {
        values: {
          team: undefined,
          item: ['说课', '板书', '课件制作'],
          rank: undefined,
          award: ({ at }) => (at < 2 ? '一等奖' : at < 5 ? '二等奖' : at < 9 ? '三等奖' : '优秀奖'),
        },
      },
    },
    'competitions.pairing': {
      many: 12,
      at: 'union',
      months: [9],
      lasts: 365,
      values: { kind: '新老教师助教', trade: ['语文', '数学', '英语', '物理', '化学'] },
      lines: {
        who: 'young',
        many: [1, 1],
        values: { goal: '一年站稳讲台', result: weighted({ 培养中: 3, 合格出师: 1 }) },
      },
    },
    'openness.fee': {
      events: [
        ['09-01', '课后服务费', { standard: 160 }],
        ['09-01', '作业本费', { standard: 24 }],
      ],
      values: { basis: '县发改局核定标准', place: '校门口公开栏', posted: true },
    },
    'appraisal.form': {
      events: [
        [
          '06-18',
          '学年度行风评议',
          { kind: '家长委员会评议学校表', object: '第二实验中学', issued: 260, use: '学校考核' },
        ],
        ['06-20', '学生评教', { kind: '家长和学生评议教师表', object: '任课教师', issued: 880, use: '教师年度考核' }],
      ],
    },
    'training.speech': {
      events: [['09-08', '师德演讲比赛', { theme: '师德' }, 14]],
      lines: {
        values: { rank: ({ at }) => at + 1, award: ({ at }) => (at < 1 ? '一等奖' : at < 3 ? '二等奖' : '三等奖') },
      },
    },
    'training.campaign': {
      events: [['09-10', '师德师风教育', { kind: '师德教育', step: '学习实践', campaign: '师德建设年' }, 80]],
      lines: { values: { body: undefined, result: ({ draw }) => (draw.chance(0.1) ? '师德标兵' : '参加') } },
    },
    'retirees.activity': {
      events: [
        ['09-09', '退休教师返校座谈', { kind: '教师节返校', form: '座谈', cost: 1600 }, 18],
        ['10-18', '重阳节登高', { kind: '重阳（老年）节活动', form: '参观', cost: 1200 }, 16],
      ],
      lines: { values: { status: '退休', invited: true, done: share(86) } },
    },
    'retirees.visit': {
      events: [['01-26', '春节走访退休教师', { festival: '春节', ledBy: '单位领导' }, 16]],
      lines: {
        values: {
          status: '退休',
          form: '上门走访',
          amount: undefined,
          gift: '米面油一份',
          giftValue: 120,
          opinion: undefined,
        },
      },
    },
    'training.research': {
      events: [
        ['03-10', '分层作业设计研究', { level: '市级', done: false, support: 5000 }, 5],
        ['04-12', '初中物理实验改进', { level: '本单位', done: true, support: 2000 }, 4],
      ],
      lasts: 300,
    },
    'training.study-tour': {
      events: [['05-09', '课堂教学改革', { host: '江湾实验中学', kind: '考察取经', cost: 3200 }, 10]],
      lasts: 1,
    },
    'openness.charter': {
      events: [['11-05', undefined, { body: '岚溪县第二实验中学', stage: '已通过', documentNo: undefined }]],
    },
  },
  hospital: {
    'openness.item': openness('院务公开'),
    'competitions.top-ten': {
      events: [['06-20', '临床基本技能竞赛', { edition: edition(5, 2025), quota: 10 }, 90]],
      lines: {
        values: {
          category: ['临床基本理论', '病历书写', '临床技能操作', '护理基本理论', '护理技能操作'],
          round: weighted({ 初赛: 3, 复赛: 2, 决赛: 2 }),
          won: ({ values, draw }) => values['round'] === '决赛' && draw.chance(0.8),
        },
      },
    },
    'competitions.skill-contest': {
      events: [
        ['05-10', '护理岗位练兵', { kind: '岗位练兵', level: '本单位' }, 60],
        ['09-16', '县卫生健康系统技能大赛', { kind: '职业技能大赛', level: '县（区）级', teamRank: 2 }, 12],
      ],
      values: { edition: undefined, teamRank: undefined },
      lines: {
        values: {
          trade: ['静脉输液', '心肺复苏', '病历书写'],
          rank: ({ at }) => at + 1,
          award: ({ at }) => (at < 3 ? '一等奖' : at < 8 ? '二等奖' : '未获奖'),
        },
      },
    },
    'mutual-aid.inpatient': {
      many: 18,
      who: 'active',
      values: {
        hospital: '县中心医院',
        admittedOn: -20,
        leftOn: -8,
        standard: '互助医疗补助办法',
        amount: ({ draw }) => draw.between(60, 260) * 10,
      },
    },
    'welfare.health-programme': {
      events: [
        ['04-18', '春季健步走', { kind: '健步走', cost: 900 }, 60],
        ['10-10', '医护心理疏导', { kind: '心理疏导', cost: 800 }, 30],
      ],
    },
    'training.course': {
      events: [
        ['07-14', '新入职护士培训', { kind: '新员工入职培训', hours: 32 }, 24],
        ['03-12', '院感知识培训', { kind: '岗位技能培训', hours: 6 }, 80],
      ],
      lasts: 3,
      values: { provider: '医院培训部门', form: '集中授课' },
      lines: { values: { group: '在职职工', passed: share(98) } },
    },
    'retirees.visit': {
      events: [['01-26', '春节走访退休职工', { festival: '春节', ledBy: '工会主席' }, 22]],
      lines: {
        values: {
          status: '退休',
          form: '上门走访',
          amount: undefined,
          gift: '米面油一份',
          giftValue: 120,
          opinion: undefined,
        },
      },
    },
    'women.health-check': {
      events: [
        [
          '06-12',
          '女职工两癌筛查',
          { kind: '两癌筛查', clinic: '县妇幼保健院', committee: '医院女职工委员会', daysHeld: 3, cost: 26000 },
        ],
      ],
      lasts: 3,
      lines: { who: 'women', all: true, values: { done: share(96) } },
    },
    'safety.training': {
      events: [['03-20', '消防安全培训', { topic: '消防' }, 120]],
      lines: { values: { done: share(95) } },
    },
    'welfare.good-deed': {
      many: 10,
      at: 'union',
      titles: ['为夜班护士增设休息间', '改善值班室条件', '协调职工子女托管', '增设职工微波炉'],
      values: {
        kind: '办实事',
        branch: ['内科分会', '外科分会', '护理分会'],
        area: '生活设施',
        beneficiary: '值班医护',
        cost: [600, 1800],
      },
    },
    'union-building.home': {
      events: [
        [
          '09-18',
          undefined,
          {
            body: '护理分会',
            kind: '职工小家',
            grade: '先进',
            level: '县（区）级',
            stage: '通过验收',
            documentNo: undefined,
          },
        ],
      ],
    },
  },
  court: {
    'training.lecture': {
      events: [
        ['05-06', '基层法庭二十年', { speaker: '江慧敏', honour: '市级' }, 40],
        ['11-10', '一枚法徽的分量', { speaker: '石立新', honour: '本单位' }, 38],
      ],
    },
    'training.law-study': {
      many: 8,
      at: 'union',
      values: { law: ['民法典', '工会法', '妇女权益保障法'], form: '集中学习' },
      lines: { many: [12, 22] },
    },
    'training.film': { events: [['06-28', undefined, { film: '《守夜人》', theme: '廉洁教育' }, 40]] },
    'union-building.home': {
      events: [
        [
          '09-10',
          undefined,
          {
            body: '法院工会',
            kind: '干警之家',
            grade: '先进',
            level: '市级',
            stage: '授牌晋级',
            documentNo: undefined,
          },
        ],
      ],
    },
    'union-building.brand': {
      events: [
        [
          '03-12',
          undefined,
          { name: '午间书声', kind: '活动品牌', stage: '已形成', owner: '法院工会', recognisedBy: undefined },
        ],
      ],
    },
    'charity.volunteer': {
      many: 6,
      at: 'union',
      titles: ['法律咨询进社区', '青少年普法', '文明交通引导'],
      values: { kind: '社区服务', organiser: '县委政法委' },
      lines: { many: [6, 12], values: { hours: 3, named: true } },
    },
    'venues.attendance': {
      many: 24,
      at: 'union',
      values: { place: '干警活动室', visitors: ({ draw }) => draw.between(12, 40) },
    },
    'publicity.paper': {
      events: [
        ['09-20', '《诉源治理的基层实践》', { kind: '论文', author: 'active', grade: '二等奖' }],
        ['10-16', '《家事调解调研》', { kind: '调研报告', author: 'active', grade: '未获奖' }],
      ],
    },
  },
  county: {
    'union-building.founding': {
      many: 14,
      at: 'union',
      titles: [
        '岚溪包装材料厂工会',
        '远景物流公司工会',
        '青屏茶业公司工会',
        '石桥村工会联合会',
        '岚溪城南社区工会',
        '东湾电商园联合工会',
        '瑞丰粮油公司工会',
        '岚溪公交公司工会',
      ],
      values: {
        kind: ['企业工会', '企业工会', '村级工会', '社区工会', '园区工会'],
        joint: share(20),
        covered: undefined,
        approvalNo: '岚工组〔{y}〕18号',
        chair: 'active',
        legal: ['已完成', '办理中'],
        legalDue: undefined,
      },
    },
    'union-building.employer-check': {
      events: [['11-05', '辖区企业建会核对', { target: 90 }]],
      lines: {
        rows: [
          '岚溪包装材料厂',
          '远景物流公司',
          '青屏茶业公司',
          '瑞丰粮油公司',
          '岚溪公交公司',
          '江畔建材公司',
          '新桥食品厂',
          '云雾山旅游公司',
        ].map((employer) => ({ employer })),
        values: { kind: '企业', done: share(88) },
      },
    },
    'union-building.guidance': {
      many: 12,
      at: 'union',
      values: {
        body: ['远景物流公司', '青屏茶业公司', '岚溪公交公司', '县中心医院工会'],
        kind: weighted({ 企业工会指导: 3, 工作督导: 2 }),
        topic: ['组织建设', '经费管理', '民主管理'],
        visitor: 'active',
      },
      lines: { rows: [{ finding: ['台账登记不及时', '未按期换届', '经费未独立建账'], fixed: share(85) }] },
    },
    'union-building.officer-training': {
      events: [
        ['04-16', '新任工会主席培训', { form: '任前培训', trainer: '市总工会讲师', hours: 16 }, 18],
        ['09-22', '工会财务培训', { form: '业务培训', trainer: '市总工会财务部', hours: 8 }, 16],
      ],
      lines: { who: 'active', values: { fresh: share(40), done: share(96) } },
    },
    'rights.bargaining': {
      events: [
        ['03-20', '建筑行业工资集体协商', { passedAt: '行业职代会', raise: 260, basis: '每月' }],
        ['04-16', '餐饮行业工资集体协商', { passedAt: '行业职代会', raise: 180, basis: '每月' }],
      ],
      lines: {
        rows: ['沟通', '协商', '签约', '审核', '监督'].map((step, at) => ({ step, stepOn: at * 15, done: true })),
      },
    },
    'rights.contract': {
      many: 16,
      at: 'union',
      lasts: 1095,
      values: {
        employer: ['远景物流公司', '青屏茶业公司', '瑞丰粮油公司', '岚溪公交公司', '江畔建材公司', '新桥食品厂'],
        kind: weighted({ 集体合同: 3, 工资专项协议: 3 }),
        stage: weighted({ 已签订: 6, 正在协商: 1 }),
        filed: share(94),
        expectedOn: undefined,
      },
    },
    'rights.dispute': {
      many: 16,
      at: 'union',
      lasts: 20,
      titles: ['拖欠工资争议', '解除合同争议', '工伤待遇争议', '社会保险补缴'],
      values: {
        kind: weighted({ 劳动争议: 3, 农民工维权: 2 }),
        cause: ['劳动报酬', '解除劳动合同', '工伤待遇', '社会保险'],
        employer: ['江畔建材公司', '新桥食品厂', '远景物流公司'],
        collective: share(8),
        outcome: weighted({ 调解成功: 6, 裁决或判决: 1, 办理中: 1 }),
      },
      lines: { who: 'migrants', many: [1, 3], values: { recovered: ({ draw }) => draw.between(10, 90) * 100 } },
    },
    'rights.legal-aid': { many: 30, at: 'union', who: 'migrants', values: { closed: share(95) } },
    'rights.petition': {
      many: 18,
      at: 'union',
      titles: ['工资支付问题', '社会保险缴纳', '退休待遇咨询', '解除合同补偿'],
      values: { channel: weighted({ 来访: 4, 来电: 3 }) },
      lines: { who: 'migrants', many: [1, 2] },
    },
    'competitions.commendation': {
      events: ['云砺机械总装一分厂', '县中心医院护理部', '岚溪公交公司一车队'].map(
        (collective) => ['04-28', '全县劳动竞赛表彰', { award: '先进集体', collective, person: undefined }] as const,
      ),
      values: { year: ({ year }) => year - 1 },
    },
    'union-building.demonstration': {
      events: [
        ['02-26', undefined, { body: '柳湾村工会', kind: '村级', stage: '已验收' }],
        ['02-26', undefined, { body: '云砺机械工会', kind: '企业', stage: '已验收' }],
        ['02-26', undefined, { body: '城南社区工会', kind: '社区', stage: '建设中' }],
      ],
    },
    'hardship.fund': { ...hardship['hardship.fund']!, many: 12 },
    'care.heat-relief': {
      events: [
        ['07-12', '城东安置房工地', { place: '建筑工地' }],
        ['07-20', '县环卫所', { place: '户外岗位' }],
        ['08-02', '岚溪公交总站', { place: '户外岗位' }],
      ],
      lines: {
        rows: [
          { kind: '食品饮料', item: '矿泉水、绿茶', quantity: 40, measure: '箱', cost: 1200 },
          { kind: '防暑药品', item: '防暑药包', quantity: 60, measure: '份', cost: 900 },
        ],
      },
    },
    'publicity.upper-document': {
      events: [
        [
          '02-18',
          '市总工会全委会精神',
          { level: '市总工会', term: 4, plenum: edition(2, 2025), measures: '召开全委会贯彻落实' },
        ],
      ],
    },
  },
  town: {
    'union-building.founding': {
      events: [
        ['05-12', '柳湾竹制品厂工会', { kind: '企业工会', legal: '已完成' }],
        ['09-08', '柳湾电商联合工会', { kind: '企业工会', joint: true, legal: '办理中', legalDue: 90 }],
      ],
      values: { joint: false, covered: undefined, legalDue: undefined, chair: 'active', approvalNo: '柳工〔{y}〕5号' },
    },
    'union-building.employer-check': {
      events: [['11-04', '全镇建会普查', { target: 90 }]],
      lines: {
        rows: ['柳湾竹制品厂', '柳湾粮站', '柳湾卫生院', '柳湾小学', '石桥砖瓦厂', '青塘水产合作社', '杏坪茶场'].map(
          (employer) => ({ employer }),
        ),
        values: { kind: '企业', done: share(90) },
      },
    },
    'union-building.membership-check': {
      events: [['10-22', '镇办企业职工入会核对']],
      lines: {
        who: 'migrants',
        many: [12, 14],
        values: { employer: ['柳湾竹制品厂', '石桥砖瓦厂'], done: share(86), fresh: share(20), joinedOn: undefined },
      },
    },
    'rights.station': {
      events: [
        ['03-07', undefined, { body: '驻江湾市温馨服务站', kind: '温馨服务站', place: '江湾市' }],
        ['03-07', undefined, { body: '驻沙原市法律维权站', kind: '法律维权站', place: '沙原市' }],
      ],
      values: { services: '接站、代购车票、政策咨询' },
      lines: { who: 'active', many: [2, 3] },
    },
    'rights.recovery-trip': {
      events: [
        ['04-20', '餐饮店拖欠工资', { place: '沙原市' }, 3],
        ['08-27', '工地拖欠工资', { place: '江湾市' }, 9],
      ],
      lines: { who: 'migrants', values: { recovered: ({ draw }) => draw.between(40, 160) * 100 } },
    },
    'rights.job-notice': {
      many: 12,
      at: 'union',
      titles: ['江湾电子招装配工', '沙原建筑招钢筋工', '江湾家政招工', '北岭果园招采摘工'],
      values: { source: ['劳动保障所', '用工企业', '外出务工人员'], place: ['江湾市', '沙原市', '北岭县'] },
      lines: { who: 'migrants', many: [2, 5] },
    },
    'rights.migrant': {
      many: 40,
      at: 'union',
      months: [3],
      who: 'migrants',
      values: {
        place: ['江湾市', '沙原市', '北岭县'],
        trade: weighted({ 建筑: 4, 制造: 3, 餐饮服务: 2 }),
        leftFamily: share(70),
      },
    },
    'rights.summer-class': {
      events: [['07-07', '柳湾村暑期留守班', { place: '柳湾小学', free: true }, 26]],
      lasts: 38,
      lines: { who: 'children' },
    },
    'rights.zero-tuition': {
      events: [['09-05', undefined, { school: '柳湾小学' }, 20]],
      lines: { who: 'children', values: { poor: share(70), waived: 350, dropout: false } },
    },
    'rights.family-visit': {
      many: 24,
      at: 'union',
      values: {
        family: 'villagers',
        kind: ['空巢老人', '留守儿童', '留守家庭'],
        difficulty: ['取暖设备老旧', '看病路远', undefined],
        raised: ({ values }) => values['difficulty'] !== undefined,
        solved: share(84),
      },
    },
    'rights.family-loan': {
      many: 5,
      at: 'union',
      values: {
        family: 'villagers',
        lender: '镇信用社',
        purpose: ['扩建养殖棚', '购置农机具'],
        stage: ['已发放', '已发放', '审批中'],
        amount: [20000, 30000],
      },
    },
    'safety.inspection': {
      many: 20,
      at: 'union',
      values: {
        place: ['柳湾竹制品厂', '石桥砖瓦厂', '镇农机站', '青塘水产合作社'],
        kind: '安全生产督导检查',
        joint: share(60),
        leader: 'active',
      },
      lines: {
        rows: [
          {
            hazard: ['电线私拉乱接', '灭火器过期', '传动带无护罩', '通道堆物'],
            level: '一般',
            reported: true,
            fixed: share(94),
            fixedOn: 3,
          },
        ],
      },
    },
    'rights.contract': {
      many: 6,
      at: 'union',
      lasts: 1095,
      values: {
        employer: ['柳湾竹制品厂', '石桥砖瓦厂', '杏坪茶场'],
        kind: ['集体合同', '工资专项协议'],
        stage: '已签订',
        filed: true,
        expectedOn: undefined,
      },
    },
    'rights.bargaining': {
      events: [['04-10', '竹制品行业工资集体协商', { passedAt: '行业职代会', raise: 200, basis: '每月' }]],
      lines: {
        rows: ['沟通', '协商', '签约', '审核', '监督'].map((step, at) => ({ step, stepOn: at * 12, done: true })),
      },
    },
    'union-building.checklist': {
      events: [['10-15', undefined, { standard: '八有', body: '柳湾镇工会联合会' }]],
      lines: organisation['union-building.checklist']!.lines!,
    },
    'rights.listening': {
      many: 8,
      at: 'union',
      values: { place: ['柳湾村', '杏坪村', '石桥村', '青塘村'], form: '走村串户' },
      lines: { rows: [{ issue: ['外出人员孩子暑期无人看护', '老人就医不便', '村道照明不足'], solved: share(80) }] },
    },
  },
}

const village: readonly string[] = ['union-building.meeting', 'hardship.file', 'hardship.relief']
const villageOwn = ['rights.migrant', 'rights.family-visit', 'union-building.checklist', 'rights.job-notice']

/** Villages differ in what they hold and when, or the town's report would tell one walk seven times. */
const villageEvents: Plan = {
  many: 8,
  at: 'union',
  months: [2, 4, 6, 9, 10],
  titles: [
    ['元宵灯会', { kind: '节日庆祝', festival: '元宵' }],
    ['村民篮球赛', { kind: '单项比赛', sport: '篮球' }],
    ['拔河比赛', { kind: '单项比赛', sport: '拔河' }],
    ['端午包粽子', { kind: '联欢联谊' }],
    ['返乡职工联欢会', { kind: '联欢联谊' }],
    ['广场舞展演', { kind: '文艺演出' }],
    ['象棋赛', { kind: '单项比赛', sport: '棋类' }],
    ['重阳敬老演出', { kind: '文艺演出', festival: '重阳' }],
  ],
  values: everywhere['activities.event']!.values!,
  lines: { ...everywhere['activities.event']!.lines, many: [20, 40] },
}

/** What the smaller union with that code keeps. */
export function plansOf(code: string): Plans {
  const town = own['town']!
  if (code.startsWith('village-'))
    return Object.fromEntries([
      ...village.map((id) => [id, everywhere[id]!] as const),
      ['activities.event', villageEvents] as const,
      ...villageOwn.map(
        (id) =>
          [id, { ...town[id]!, ...(town[id]!.many && { many: Math.min(10, town[id]!.many as number) }) }] as const,
      ),
    ])
  return { ...everywhere, ...own[code] }
}
