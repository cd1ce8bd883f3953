import { share, weighted, type Plans, type Row } from '../plan.ts'

/** What the company's own rules give, in yuan; the ledger strays from them now and then. */
const standard: Readonly<Record<string, number>> = {
  住院: 200,
  生病: 100,
  结婚: 300,
  生育: 300,
  直系亲属去世: 300,
  职工去世: 800,
  看望老专家老领导: 200,
  孤寡独居: 200,
  长期卧床: 200,
  家庭变故: 500,
  退休: 200,
}
const byRules = ({ values, draw }: Row): number =>
  (standard[String(values['occasion'])] ?? 200) -
  (values['relation'] === '本人' ? 0 : 50) +
  (draw.chance(0.015) ? 300 : 0)
const statusOf = ({ person }: Row): string =>
  person?.retired ? '退休' : person?.tags?.includes('劳务派遣') ? '劳务派遣' : '在职'
const needs = [
  '希望厂区增加一处直饮水点',
  '希望食堂延长晚餐时间',
  '老家属区夜间照明不足',
  '希望工会多组织亲子活动',
  '希望班车增加一站',
  '社区医院配药不全',
]

export const care: Plans = {
  'care.visit': {
    many: 980,
    at: 'sub',
    who: 'anyone',
    values: {
      occasion: weighted({
        住院: 142,
        生病: 12,
        结婚: 12,
        生育: 11,
        直系亲属去世: 14,
        职工去世: 2,
        看望老专家老领导: 2,
        孤寡独居: 2,
        长期卧床: 2,
        家庭变故: 1,
      }),
      status: statusOf,
      relation: ({ values, draw }) =>
        values['occasion'] === '住院' || values['occasion'] === '生病'
          ? draw.pick(['本人', '本人', '本人', '本人', '本人', '本人', '配偶', '父母', '父母', '子女'])
          : values['occasion'] === '直系亲属去世'
            ? draw.pick(['父母', '父母', '配偶'])
            : '本人',
      affected: undefined,
      occurredOn: ({ draw }) => -draw.between(2, 6),
      knownOn: ({ draw }) => -draw.between(0, 3),
      prompt: share(96),
      place: ({ values, draw }) =>
        values['occasion'] === '住院'
          ? draw.pick(['县中心医院住院部', '市第二医院住院部', '职工医院病房', '市中医院病房'])
          : '职工家中',
      amount: byRules,
      gift: ['水果篮', '牛奶两箱', '营养品一份', '鲜花一束', undefined],
      giftValue: ({ values, draw }) => (values['gift'] ? draw.pick([60, 80, 90, 100]) : undefined),
      ledBy: weighted({ 分会主席: 10, 工会主席: 3, 工会小组长: 5, 单位领导: 2, 工会委员: 2 }),
    },
  },
  'care.injury': {
    many: 14,
    who: 'frontline',
    values: {
      injuredOn: ({ draw }) => -draw.between(3, 60),
      stage: weighted({ 住院治疗: 5, 居家休养: 4, 康复训练: 2, 劳动能力鉴定: 1, 复岗: 3, 结案: 2 }),
      amount: [300, 500, 500, 1000],
      gift: '营养品一份',
      need: ['协助办理工伤认定', '康复期间希望安排护送就医', '复岗后希望调整岗位', undefined],
    },
  },
  'care.household-visit': {
    many: 64,
    months: [1, 2, 7, 9, 10],
    who: 'retired',
    values: {
      household: 'retired',
      category: weighted({ 离退休老病号: 6, 遗属: 4, 军属: 3, 烈属: 1, 一线职工家庭: 4, 新入职职工家庭: 2 }),
      festival: ({ date }) =>
        /-0[12]-/.test(date) ? '春节' : /-07-/.test(date) ? '八一' : /-09-/.test(date) ? '中秋' : '国庆',
      amount: [200, 300, 300, 500],
      gift: '米面油一份',
      opinion: [...needs, undefined, undefined],
    },
  },
  'care.standard': {
    events: [
      ['01-05', '职工慰问管理办法', { occasion: '住院', status: '在职', relation: '本人', amount: 200 }],
      ['01-05', '职工慰问管理办法', { occasion: '住院', status: '在职', relation: '配偶', amount: 150 }],
      ['01-05', '职工慰问管理办法', { occasion: '住院', status: '退休', relation: '本人', amount: 200 }],
      ['01-05', '职工慰问管理办法', { occasion: '结婚', status: '在职', relation: '本人', amount: 300 }],
      ['01-05', '职工慰问管理办法', { occasion: '生育', status: '在职', relation: '本人', amount: 300 }],
      ['01-05', '职工慰问管理办法', { occasion: '直系亲属去世', status: '在职', relation: '父母', amount: 250 }],
      ['01-05', '职工慰问管理办法', { occasion: '职工去世', status: '退休', relation: '本人', amount: 800 }],
    ],
    values: { document: '云工字〔{y}〕2号', decidedBy: '工会委员会' },
  },
  'care.standing-rule': {
    events: [
      ['01-06', '六必访、三知道', { mustVisits: 6, followUps: undefined, mustKnow: 3, document: '云工字〔{y}〕3号' }],
    ],
    lines: {
      rows: [
        ...[
          '职工住院必访',
          '职工结婚、生育必访',
          '直系亲属去世必访',
          '家庭突发变故必访',
          '工伤职工必访',
          '退休离岗必访',
        ].map((content) => ({ kind: '必访事项', content })),
        ...['知道职工家庭住址', '知道职工家庭困难', '知道职工特长爱好'].map((content) => ({
          kind: '应知情况',
          content,
        })),
      ],
    },
  },
  'care.due-visit': {
    many: 210,
    who: 'anyone',
    values: {
      rule: '六必访',
      occasion: weighted({ 职工住院: 7, 职工结婚: 2, 职工生育: 2, 直系亲属去世: 3, 家庭突发变故: 1 }),
      dueOn: 3,
      done: share(97),
      doneOn: ({ values, draw }) => (values['done'] ? draw.between(1, 3) : undefined),
      followedUp: share(72),
      followUp: ['协助办理医疗互助申请', '帮助联系陪护', '安排工友临时代班', undefined, undefined],
    },
  },
  'care.home-visit': {
    events: [
      ['07-20', '暑期家访', { withinYears: 3 }],
      ['11-05', '入冬家访', { withinYears: 3 }],
    ],
    lasts: 14,
    lines: {
      who: 'active',
      many: [52, 68],
      values: {
        ground: weighted({ 临近退休: 4, 家庭困难: 3, 新入职: 3, 因病休养: 2 }),
        done: share(93),
        amount: [undefined, undefined, 200],
        need: [...needs, undefined, undefined],
      },
    },
  },
  'care.heat-relief': {
    events: [
      ['07-08', '铸造一分厂熔炼工段', { place: '生产车间' }],
      ['07-08', '铸造二分厂造型工段', { place: '生产车间' }],
      ['07-10', '锻压分厂锻造工段', { place: '生产车间' }],
      ['07-10', '热处理分厂淬火工段', { place: '生产车间' }],
      ['07-15', '结构件分厂焊接工段', { place: '生产车间' }],
      ['07-22', '东区厂房扩建工地', { place: '建筑工地' }],
      ['07-24', '物业公司户外保洁岗', { place: '户外岗位' }],
      ['08-03', '运输公司车队', { place: '户外岗位' }],
      ['08-05', '总装一分厂调试场', { place: '户外岗位' }],
      ['08-12', '保卫部各门岗', { place: '安保值守' }],
    ],
    lines: {
      rows: [
        {
          kind: '食品饮料',
          item: '盐汽水',
          quantity: ({ draw }) => draw.between(10, 40),
          measure: '箱',
          cost: ({ values }) => Number(values['quantity']) * 28,
        },
        {
          kind: '防暑药品',
          item: '藿香正气水、人丹',
          quantity: ({ draw }) => draw.between(20, 60),
          measure: '盒',
          cost: ({ values }) => Number(values['quantity']) * 9,
        },
        {
          kind: '毛巾洗护',
          item: '毛巾、香皂',
          quantity: ({ draw }) => draw.between(30, 90),
          measure: '套',
          cost: ({ values }) => Number(values['quantity']) * 12,
        },
        {
          kind: '电风扇',
          item: '工业落地扇',
          quantity: [1, 2, 2],
          measure: '台',
          cost: ({ values }) => Number(values['quantity']) * 320,
        },
      ],
    },
  },
  'care.children-gift': {
    events: [['05-30', '“六一”慰问职工子女', { condition: '十四周岁以下' }]],
    lines: {
      who: 'children',
      all: true,
      values: { stage: weighted({ 学龄前: 2, 幼儿园: 4, 小学: 8, 初中: 3 }), done: share(98), value: 80 },
    },
  },
  'care.crew-escort': {
    events: [
      ['02-26', '欢送服务队赴矿山工地', { direction: '欢送', crew: '矿山机械服务队', form: '锣鼓队' }],
      ['04-02', '欢送安装二队出征', { direction: '欢送', crew: '安装二队', form: '送行慰问' }],
      ['07-01', '迎接安装二队凯旋', { direction: '欢迎', crew: '安装二队', form: '座谈会' }],
      ['11-10', '迎接矿山机械服务队返厂', { direction: '欢迎', crew: '矿山机械服务队', form: '横幅标语' }],
    ],
    values: { cost: [260, 350, 420] },
  },
  'care.festival': {
    events: [
      ['01-25', '春节慰问节日值守职工', { festival: '春节' }, 168],
      ['03-07', '“三八”节慰问女职工', { festival: '“三八”妇女节' }, 240],
      ['04-29', '“五一”慰问一线职工', { festival: '“五一”劳动节' }, 186],
      ['06-17', '端午节慰问', { festival: '端午' }, 124],
      ['09-26', '中秋国庆慰问', { festival: '中秋' }, 312],
      ['10-19', '重阳节慰问', { festival: '重阳' }, 150],
    ],
    lines: {
      who: 'anyone',
      values: {
        group: ({ person, values, draw }) =>
          person?.retired
            ? '退休老职工'
            : values['festival'] === '“三八”妇女节' || person?.gender === 'f'
              ? '女职工'
              : draw.chance(0.5)
                ? '节日值守职工'
                : '职工',
        status: statusOf,
        amount: [undefined, undefined, undefined, 200],
        gift: '米面油一份',
        giftValue: [80, 100, 120],
      },
      only: (one, row) => row.values['festival'] !== '“三八”妇女节' || one.gender === 'f',
    },
  },
}

const helped: Plans['x'] = { who: 'needy', values: { household: 'needy' } }
const tagOf = ({ person }: Row): string =>
  person?.tags?.includes('劳模')
    ? '劳模'
    : person?.tags?.includes('残疾')
      ? '残疾'
      : person?.tags?.includes('单亲')
        ? '单亲'
        : person?.tags?.includes('党员')
          ? '党员'
          : '无'
const source = weighted({ 本级工会经费: 6, 上级工会补助: 3, 财政帮扶资金: 2, 困难补助基金: 2, 行政拨付: 1 })

export const hardship: Plans = {
  // A fourth category that no sentence names: the parts told fall short of the whole, as they do in real ledgers.
  'hardship.file': {
    ...helped,
    each: 'needy',
    months: [2, 3, 3],
    values: {
      ...helped.values,
      action: ({ year, draw }) =>
        year % 2
          ? draw.pick(['复核续档', '复核续档', '新建档'])
          : draw.pick(['复核续档', '复核续档', '复核续档', '复核续档', '脱困退出']),
      category: weighted({ 深度困难: 3, 相对困难: 4, 意外致困: 2, 单位建档: 2 }),
      ground: weighted({
        本人大病: 5,
        家属大病: 5,
        子女上学: 4,
        单亲抚养: 2,
        工伤致残: 1,
        残疾: 1,
        意外灾害: 1,
        收入偏低: 3,
      }),
      tag: tagOf,
      work: ({ person }) => (person?.retired ? '退休' : '在岗'),
      health: weighted({ 良好: 4, 慢性病: 3, 重大疾病: 2, 残疾: 1 }),
      housing: weighted({ 自有: 4, 公租: 2, 租住: 3, 借住: 1 }),
      familySize: [2, 3, 3, 4, 5],
      perCapita: ({ draw }) => draw.between(62, 160) * 10,
      electronic: share(98),
      published: share(97),
      reviewOn: 365,
      exitReason: undefined,
    },
  },
  'hardship.contact': {
    events: [['01-10', '困难职工结对联系名单', { organiser: '公司工会' }]],
    lines: {
      who: 'needy',
      all: true,
      values: { group: weighted({ 困难职工: 5, 单亲职工: 1, 退休困难: 1, 困难党员: 1 }), done: share(96) },
    },
  },
  'hardship.survey': {
    events: [['05-14', '职工生活状况调查', { scope: '重点调查' }]],
    lines: {
      who: 'anyone',
      many: [420, 460],
      values: {
        done: share(94),
        employment: ({ person }) => (person?.retired ? '退休' : '在岗'),
        difficulty: weighted({ 不困难: 14, 一般困难: 3, 特别困难: 1 }),
        need: [...needs, ...Array.from({ length: 12 }, () => undefined)],
      },
    },
  },
  'hardship.warmth': {
    events: [
      ['01-22', '元旦春节送温暖', { festival: '春节' }, 118],
      ['01-30', '春节前走访困难职工', { festival: '春节' }, 60],
      ['09-24', '中秋送温暖', { festival: '中秋' }, 44],
    ],
    lines: {
      who: 'needy',
      values: {
        household: 'needy',
        facing: '困难职工',
        category: ({ person }) =>
          person?.retired ? '退休困难职工' : person?.tags?.includes('党员') ? '困难党员' : '困难职工',
        amount: [300, 500, 500, 800],
        goods: '米面油一份',
        goodsValue: [120, 150],
        source,
      },
    },
  },
  'hardship.relief': {
    ...helped,
    many: 84,
    values: {
      ...helped.values,
      programme: ({ date, draw }) =>
        /-0[12]-/.test(date)
          ? '集中救助'
          : /-0[89]-/.test(date)
            ? '金秋助学'
            : draw.pick(['困难补助', '困难补助', '大病救助', '日常救助', '困难女职工救助', '扶贫解困']),
      family: weighted({ 一般困难: 6, 重病: 4, 单亲特困: 2, 工伤致残: 1, 灾害: 1 }),
      tag: tagOf,
      ground: ({ values, draw }) =>
        values['programme'] === '金秋助学'
          ? '子女考入大学，学费有困难'
          : draw.pick(['本人住院，自付费用较多', '家属长期患病', '家庭收入偏低', '遭遇意外，生活困难']),
      student: ({ values, person }) =>
        values['programme'] === '金秋助学'
          ? (person?.kin?.find((one) => /儿/.test(one.relation))?.name ?? undefined)
          : undefined,
      stage: ({ values, draw }) =>
        values['programme'] === '金秋助学' ? draw.pick(['大学', '大学', '高中']) : undefined,
      school: ({ values, draw }) =>
        values['programme'] === '金秋助学' ? draw.pick(['省师范大学', '省工业大学', '市职业技术学院']) : undefined,
      formerUnit: undefined,
      amount: ({ values, draw }) =>
        values['programme'] === '大病救助'
          ? draw.pick([3000, 5000])
          : values['programme'] === '金秋助学'
            ? draw.pick([2000, 3000])
            : draw.pick([500, 800, 1000, 1000, 1500]),
      source,
      approvedBy: '工会委员会',
    },
  },
  'hardship.fund': {
    at: 'union',
    many: 46,
    values: {
      fund: weighted({ 困难补助基金: 5, 爱心基金: 3 }),
      direction: ({ values, draw, at }) =>
        at % 12 === 0 ? '列入' : values['fund'] === '爱心基金' ? draw.pick(['捐入', '捐入', '支出']) : '支出',
      person: ({ values }) =>
        values['direction'] === '列入' ? undefined : values['direction'] === '捐入' ? 'active' : 'needy',
      role: '职工',
      source: ({ values }) =>
        values['direction'] === '列入' ? '工会活动经费' : values['direction'] === '捐入' ? '职工捐款' : '困难补助基金',
      newSource: share(4),
      cause: ({ values, draw }) =>
        values['direction'] === '支出' ? draw.pick(['贫困', '突发意外', '重病']) : undefined,
      amount: ({ values, draw }) =>
        values['direction'] === '列入'
          ? 20000
          : values['direction'] === '捐入'
            ? draw.pick([100, 200, 300])
            : draw.pick([500, 1000, 2000]),
      approvedBy: '工会委员会',
    },
  },
  'hardship.survivor-review': {
    each: 'survivors',
    at: 'union',
    months: [1, 2],
    who: 'survivors',
    values: {
      relation: weighted({ 配偶: 5, 父母: 2, 子女: 2 }),
      place: weighted({ 市内: 3, 外地: 1 }),
      notice: ({ values }) => (values['place'] === '外地' ? '函告' : '电话通知'),
      noticedOn: -14,
      returned: share(95),
      result: ({ values, draw }) => (values['returned'] ? (draw.chance(0.06) ? '退出供养' : '继续供养') : '暂停'),
      exitReason: ({ values }) => (values['result'] === '退出供养' ? '有固定收入' : undefined),
      exitOn: undefined,
      grade: ['一档', '二档', '二档'],
    },
  },
  'hardship.survivor-pay': {
    at: 'union',
    events: Array.from(
      { length: 12 },
      (_, month) => [`${String(month + 1).padStart(2, '0')}-15`, `${month + 1}月遗属抚恤金`] as const,
    ),
    values: { source: '行政' },
    lines: {
      who: 'survivors',
      many: [41, 44],
      values: { grade: ['一档', '二档', '二档'], amount: ({ values }) => (values['grade'] === '一档' ? 980 : 860) },
    },
  },
  'hardship.fundraising': {
    events: [
      ['04-16', '为重病职工定向募捐', { kind: '重病职工定向募捐' }, 180],
      ['06-20', '帮扶困难职工募捐', { kind: '帮扶困难职工募捐' }, 260],
      ['10-12', '扶贫日献爱心捐款', { kind: '献爱心捐款' }, 320],
    ],
    values: { organiser: '公司工会' },
    lines: {
      who: 'active',
      values: {
        done: share(91),
        amount: ({ values, draw }) => (values['done'] ? draw.pick([20, 50, 50, 100]) : undefined),
      },
    },
  },
  'hardship.pupil-pairing': {
    many: 18,
    at: 'branch',
    months: [3, 9],
    who: 'active',
    lasts: 150,
    values: {
      pupil: ['李小禾', '周晨', '孟雨', '谢小满', '唐乐', '罗小北', '吴思齐', '彭小川'],
      classroom: ['五年级一班', '六年级二班', '七年级三班', '八年级一班'],
      term: ({ date }) => (/-03-/.test(date) ? '春季学期' : '秋季学期'),
    },
    lines: {
      rows: [
        { paidOn: 7, item: '学费', amount: [300, 500] },
        { paidOn: 60, item: '学习用品', amount: [100, 150] },
      ],
    },
  },
  'hardship.study-exchange': {
    events: [['08-22', '金秋助学学子交流会']],
    lines: {
      who: 'children',
      many: [28, 36],
      values: { role: weighted({ 受助学生: 6, 优秀学生: 2, 学生家长: 3 }), spoke: share(16) },
    },
  },
  'hardship.case': {
    many: 9,
    who: 'anyone',
    lasts: 20,
    values: {
      matter: weighted({ 子女入学: 3, 家庭纠纷调解: 2, 就医: 2, 就业: 1, 住房: 1 }),
      story: ['子女跨区入学材料不齐', '夫妻因照料老人发生争执', '异地就医报销手续不清楚', '配偶失业后生活困难'],
      action: '上门了解情况，与有关部门联系，协助补齐材料',
      result: weighted({ 已解决: 5, 办理中: 1 }),
      handler: ['分会', '女职工委员会', '工会'],
    },
  },
  'hardship.cover': {
    many: 8,
    titles: ['班组工友代班', '质检岗位代班', '行车岗位代班', '幼儿园代课', '门诊护士代班'],
    lasts: 14,
    values: { reason: weighted({ 生病: 3, 受伤: 2, 生育: 2, 家庭变故: 1 }) },
    lines: { who: 'active', many: [3, 6], values: { workedOn: ({ draw }) => draw.between(0, 12), hours: [2, 4, 8] } },
  },
  'hardship.station': {
    events: [
      ['03', undefined, { step: '选址' }],
      ['05', undefined, { step: '购置设备', item: '办公桌椅、档案柜', cost: 6800 }],
      ['09', undefined, { step: '验收', round: 1, result: '通过', inspector: '县总工会' }],
      ['10', undefined, { step: '挂牌启用', result: '已完成' }],
    ],
    values: {
      station: '云砺机械职工帮扶站',
      result: '已完成',
      round: undefined,
      item: undefined,
      cost: undefined,
      inspector: undefined,
    },
  },
}
