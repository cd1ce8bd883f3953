import { share, weighted, type Plans, type Row } from '../plan.ts'

const paid =
  (amount: number) =>
  ({ values }: Row): number | undefined =>
    values['done'] ? amount : undefined
const born = ({ person, year }: Row): string | undefined => person?.bornOn && `${year}${person.bornOn.slice(4)}`
const months = Array.from({ length: 12 }, (_, at) => at + 1)

export const aid: Plans = {
  'mutual-aid.enrolment': {
    events: [
      ['01-20', '职工医疗互助第{y}期', { scheme: '职工医疗互助', payer: '共同负担', insurer: '职工互助保障办事处' }],
      [
        '03-05',
        '女职工安康互助保障',
        { scheme: '女职工安康互助保障', payer: '工会出资', insurer: '职工互助保障办事处' },
        1460,
      ],
      [
        '04-10',
        '劳模医疗综合互助保险',
        { scheme: '职工医疗综合互助保险', payer: '工会出资', insurer: '职工互助保障办事处' },
        12,
      ],
      ['06-08', '退休职工医疗互助', { scheme: '会员大病互助', payer: '个人自愿', insurer: '职工互助保障办事处' }, 380],
    ],
    lasts: 365,
    lines: {
      who: 'anyone',
      all: true,
      only: (one, { values }) =>
        values['scheme'] === '女职工安康互助保障'
          ? one.gender === 'f' && !one.retired
          : values['scheme'] === '职工医疗综合互助保险'
            ? !!one.tags?.includes('劳模')
            : values['scheme'] === '会员大病互助'
              ? !!one.retired
              : !one.retired,
      values: {
        group: ({ person, values }) =>
          values['scheme'] === '女职工安康互助保障'
            ? '女职工'
            : person?.tags?.includes('劳模') && values['scheme'] === '职工医疗综合互助保险'
              ? '市级以上劳模'
              : person?.retired
                ? '退休职工'
                : '在职职工',
        kind: weighted({ 续保: 12, 新保: 1 }),
        done: share(97),
        premium: paid(60),
      },
    },
  },
  'mutual-aid.claim': {
    many: 236,
    who: 'anyone',
    values: {
      scheme: ({ person, draw }) =>
        person?.retired
          ? '会员大病互助'
          : person?.gender === 'f' && draw.chance(0.2)
            ? '女职工安康互助保障'
            : '职工医疗互助',
      appliedOn: ({ draw }) => -draw.between(8, 40),
      cause: ({ values, draw }) =>
        values['scheme'] === '女职工安康互助保障'
          ? '女性特疾'
          : draw.pick(['住院', '住院', '住院', '大病', '意外伤害']),
      enrolled: true,
      amount: ({ values, draw }) =>
        values['cause'] === '大病' || values['cause'] === '女性特疾'
          ? draw.between(40, 100) * 100
          : draw.between(30, 240) * 10,
    },
  },
  'mutual-aid.contribution': {
    events: [['01-15', '{y}年度会员大病互助金', { fund: '会员大病互助金' }, 1240]],
    lines: { who: 'active', all: true, values: { done: share(98), amount: paid(30) } },
  },
  'mutual-aid.inpatient': {
    many: 128,
    who: 'active',
    values: {
      admittedOn: ({ draw }) => -draw.between(18, 30),
      leftOn: ({ draw }) => -draw.between(6, 16),
      scope: weighted({ 自付费用: 7, 床位护理: 2, 特殊药品: 1, 大额费用: 1 }),
      standard: '互助医疗补助办法',
      expense: ({ draw }) => draw.between(120, 980) * 10,
      amount: ({ values }) => Math.round(Number(values['expense'] ?? 3000) * 0.3),
    },
  },
  'mutual-aid.maternity': {
    many: 58,
    who: 'women',
    values: {
      item: weighted({ 生育医疗费: 4, 生育津贴: 4, 产前检查: 2 }),
      appliedOn: -20,
      amount: ({ values, draw }) =>
        values['item'] === '生育津贴' ? draw.between(120, 220) * 100 : draw.between(20, 56) * 100,
    },
  },
  'mutual-aid.rule': {
    events: [
      ['01-12', '职工互助医疗补助办法', { subject: '住院互助补助', action: '修订', change: '提高标准' }],
      ['02-20', '会员大病互助金管理办法', { subject: '大病互助', action: '确认继续执行', change: '无调整' }],
    ],
    values: { passedBy: '职工代表大会', document: '云工字〔{y}〕6号' },
  },
  'mutual-aid.saving': {
    events: [
      ['12-18', '职工团体医疗险', { stoppedOn: '2023-12-31', formerPremium: 186000, substitute: 64000, saved: 122000 }],
      ['11-10', '团体意外险', { stoppedOn: '2023-12-31', formerPremium: 92000, substitute: 21000, saved: 71000 }],
    ],
    values: { basis: '停购前一年保单与本年互助补助支出' },
  },
  'mutual-aid.pension-drive': {
    many: 6,
    at: 'union',
    values: {
      enterprise: ['云砺劳务服务公司', '岚溪包装材料厂', '岚溪配件加工厂', '云砺机械服务队', '柳湾运输队'],
      status: weighted({ 已为职工参保: 9, 正在办理: 1 }),
      means: ['走访', '发函', '协商'],
    },
  },
  'welfare.check-up': {
    events: [
      ['05-08', '{y}年在职职工健康体检', { scope: '在职体检' }],
      ['05-26', '退休职工体检', { scope: '退休体检' }],
      ['06-05', '劳模健康体检', { scope: '劳模体检' }],
    ],
    lasts: 18,
    values: { hospital: '县中心医院', away: false },
    lines: {
      who: 'anyone',
      all: true,
      only: (one, { values }) =>
        values['scope'] === '在职体检'
          ? !one.retired
          : values['scope'] === '退休体检'
            ? !!one.retired
            : !!one.tags?.includes('劳模'),
      values: {
        status: ({ person }) => (person?.retired ? '退休' : '在职'),
        honour: ({ person }) => (person?.tags?.includes('劳模') ? '公司级以上劳模' : '无'),
        done: share(94),
        followUp: share(8),
        cost: undefined,
      },
    },
  },
  'welfare.birthday': {
    at: 'union',
    events: months.map((month) => [`${String(month).padStart(2, '0')}-01`, `${month}月生日慰问`] as const),
    values: { form: '蛋糕券', basis: '会员生日慰问办法' },
    lines: {
      who: 'active',
      all: true,
      only: (one, { date }) => one.bornOn?.slice(5, 7) === date.slice(5, 7),
      values: { birthday: born, done: share(99), cost: undefined },
    },
  },
  'welfare.health-programme': {
    events: [
      ['01-16', '{y}年职工健康促进计划', { kind: '计划制定', cost: undefined }, 8],
      ['03-20', '颈椎腰椎保健讲座', { kind: '健康讲座' }, 86],
      ['04-24', '春季健步走', { kind: '健步走' }, 210],
      ['06-12', '高温作业健康讲座', { kind: '健康讲座' }, 120],
      ['08-18', '职工医院义诊进车间', { kind: '义诊咨询' }, 96],
      ['10-15', '心理疏导小课堂', { kind: '心理疏导' }, 42],
      ['11-06', '冬季健步走', { kind: '健步走' }, 160],
    ],
    values: { cost: [600, 900, 1500] },
    lines: { values: { role: weighted({ 参加者: 16, 组织者: 1 }) } },
  },
  'welfare.trip': {
    events: [
      ['06-10', '皖南线', { kind: '疗休养', destination: '皖南古村' }, 46],
      ['07-06', '海滨线', { kind: '疗休养', destination: '海滨疗养院' }, 48],
      ['08-12', '高原湖泊线', { kind: '暑期出游', destination: '高原湖区' }, 38],
      ['09-09', '古镇线', { kind: '工会小组参观旅游', destination: '江南古镇', group: '技术中心整机工会小组' }, 26],
    ],
    lasts: 5,
    values: { group: undefined, leader: ['工会委员', '工会小组长'], medicine: true, notice: true },
    lines: { values: { status: weighted({ 在职: 9, 家属: 1 }), subsidy: [800, 1000] } },
  },
  'welfare.trip-survey': {
    events: [['05-12', '{y}年疗休养意向征询', { routes: '皖南线、海滨线、高原湖泊线、古镇线' }]],
    lines: {
      many: [320, 360],
      values: {
        answered: share(91),
        wish: ({ values, draw }) =>
          values['answered'] ? draw.pick(['皖南线', '海滨线', '海滨线', '高原湖泊线', '古镇线']) : undefined,
        joins: share(62),
      },
    },
  },
  'welfare.issue': {
    events: [
      ['01-18', '春节职工物资发放', { item: '生活物资' }],
      ['06-08', '夏季劳保用品发放', { item: '劳保用品' }, 620],
      ['06-15', '游泳更衣证发放', { item: '游泳更衣证' }, 340],
    ],
    values: { rule: '会员福利发放办法', partner: undefined },
    lines: {
      who: 'active',
      all: true,
      values: {
        done: share(99),
        number: undefined,
        size: undefined,
        quantity: undefined,
        value: ({ values }) => (values['item'] === '生活物资' ? undefined : 45),
      },
    },
  },
  'welfare.procurement': {
    events: [
      ['03-04', '夏季工作服', { step: '实地考察', supplier: '锦程制衣厂', result: '合格' }],
      ['03-18', '夏季工作服', { step: '投标', supplier: '锦程制衣厂', price: 186000, result: '入围' }],
      ['03-18', '夏季工作服', { step: '投标', supplier: '瑞安劳保用品公司', price: 199800, result: '未入围' }],
      ['03-25', '夏季工作服', { step: '中标', supplier: '锦程制衣厂', price: 186000, result: '合格' }],
      ['05-20', '夏季工作服', { step: '验收', supplier: '锦程制衣厂', result: '合格' }],
    ],
    values: { price: undefined },
  },
  'welfare.good-deed': {
    many: 164,
    titles: [
      '更换{place}饮水设备',
      '为{place}更衣室加装储物柜',
      '改善{place}午休室通风',
      '为{place}职工集中办理公积金查询',
      '为{place}新职工安排宿舍',
      '修复{place}浴室热水管道',
      '为{place}夜班职工增设加班餐',
      '在{place}设置爱心母婴角',
      '协调{place}职工子女暑期托管',
      '为{place}更换照明灯具',
    ],
    values: {
      kind: weighted({ 办实事: 6, 做好事: 3, 解难事: 2 }),
      branch: ({ place }) => place,
      area: weighted({ 生产条件: 4, 生活设施: 5, 医疗健康: 1, 子女教育: 2, 家庭困难: 1 }),
      beneficiary: ({ place }) => `${place.replace(/分会$/, '')}职工`,
      cost: [undefined, 300, 600, 1200, 2600],
    },
  },
  'welfare.child-award': {
    events: [['09-05', '职工子女升学奖励', { rule: '职工子女学习奖励办法' }]],
    lines: {
      who: 'children',
      many: [34, 42],
      values: {
        stage: weighted({ 高中: 2, 大学: 6, 研究生: 1 }),
        result: ['考入省工业大学', '考入省师范大学', '考入市第一中学', '考入海滨理工学院'],
        amount: ({ values }) => (values['stage'] === '大学' ? 1000 : values['stage'] === '研究生' ? 2000 : 500),
      },
    },
  },
  'welfare.school-place': {
    many: 9,
    at: 'union',
    months: [5, 6, 7],
    lasts: 60,
    who: 'children',
    values: {
      stage: weighted({ 幼儿园: 2, 小学: 4, 初中: 2 }),
      school: ['县第二实验小学', '县第二实验中学', '云砺幼儿园'],
      result: weighted({ 已入学: 8, 协调中: 1 }),
    },
  },
  'welfare.matchmaking': {
    events: [
      ['05-18', '“缘聚初夏”青年联谊', { kind: '单身青年联谊', partner: undefined }, 44],
      ['08-18', '七夕跨单位青年联谊', { kind: '跨单位联谊', partner: '县中心医院工会' }, 60],
    ],
    values: { cost: [3200, 4600] },
    lines: { who: 'young', values: { gender: ({ person }) => (person?.gender === 'f' ? '女' : '男') } },
  },
  'welfare.matched-pair': {
    many: 7,
    at: 'union',
    who: 'young',
    values: {
      partner: ['林子晴', '邵一凡', '许若宁', '何书远', '韩可', '蒋亦然'],
      state: weighted({ 牵手: 4, 结婚: 1 }),
    },
  },
  'welfare.wedding-anniversary': {
    many: 12,
    at: 'union',
    months: [10],
    who: 'retired',
    values: {
      spouse: ['周桂英', '郭永福', '曹秀芝', '梁国栋', '彭玉珍', '董志华'],
      kind: weighted({ 金婚: 6, 钻石婚: 1 }),
      weddedIn: ({ year, values }) => year - (values['kind'] === '钻石婚' ? 60 : 50),
      gift: '纪念相册',
      value: 160,
    },
  },
  'welfare.guidance': {
    many: 5,
    at: 'union',
    values: {
      enterprise: ['岚溪包装材料厂', '岚溪配件加工厂', '柳湾运输队', '云砺劳务服务公司'],
      rule: ['体检', '生日慰问', '带薪休假', '节日福利'],
      adopted: share(86),
    },
  },
  'welfare.canteen': {
    many: 22,
    lasts: 9,
    titles: [
      '增设夜班就餐窗口',
      '降低汤面价格',
      '早餐增加粗粮品种',
      '二食堂刷卡机反应慢',
      '增加清真窗口菜品',
      '餐盘消毒后有水渍',
      '延长周末供餐时间',
      '打包窗口排队太长',
    ],
    values: {
      source: weighted({ 意见箱: 4, 职工提案: 2, 座谈会: 3, 满意度测评: 2 }),
      topic: weighted({ 菜品价格: 3, 就餐时间: 3, 服务: 2, 卫生安全: 1, 刷卡设备: 1 }),
      action: ['与物业公司商定后调整', '约谈食堂负责人限期改进', '已列入食堂改造计划'],
      solved: share(91),
    },
  },
}
