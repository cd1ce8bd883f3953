import { edition, share, weighted, type Event, type Plans } from '../plan.ts'

const motions = [
  '关于改善铸造车间通风除尘条件的提案',
  '关于增设电动车充电车棚的提案',
  '关于提高夜班津贴标准的提案',
  '关于延长职工食堂供餐时间的提案',
  '关于更新机加设备防护装置的提案',
  '关于完善技能等级与薪酬挂钩办法的提案',
  '关于增加青年公寓床位的提案',
  '关于优化班车线路的提案',
  '关于建立设备点检积分制的提案',
  '关于扩大职工体检项目的提案',
  '关于改造厂区雨污管网的提案',
  '关于加强外协件质量把关的提案',
  '关于开通内网意见直通车的提案',
  '关于增设车间饮水点的提案',
  '关于规范加班审批的提案',
  '关于建立岗位轮训制度的提案',
  '关于完善工装夹具管理的提案',
  '关于增设无障碍通道的提案',
  '关于提高住房公积金缴存比例的提案',
  '关于加强新职工安全带教的提案',
  '关于改善更衣室淋浴设施的提案',
  '关于设立职工心理咨询室的提案',
]
const suggestions = [
  '改进砂处理回收管路',
  '优化滚齿夹具定位方式',
  '焊烟收集罩加装快换滤芯',
  '液压试验台增设自动泄压',
  '刀具集中刃磨配送',
  '淬火油槽余热利用',
  '总装线物料看板改色',
  '空压机组错峰启停',
  '叉车电池集中充电管理',
  '涂装烘房保温改造',
  '阀体去毛刺工装改进',
  '行车限位器双保险',
  '下料套排软件优化',
  '仓储先进先出标签',
  '电控柜布线模板化',
  '理化检验报告电子签发',
  '模具预热架改造',
  '维修备件共享目录',
]
const monthly = (day: string, title: string, values?: Event[2]): Event[] =>
  Array.from(
    { length: 12 },
    (_, at) => [`${String(at + 1).padStart(2, '0')}-${day}`, title.replace('#', String(at + 1)), values ?? {}] as const,
  )

export const democracy: Plans = {
  'congress.session': {
    events: [
      [
        '01-16',
        '职工代表大会暨工作报告会',
        { kind: '职工代表大会', term: 9, meeting: ({ year }) => 3 + (year - 2025) * 2 },
      ],
      [
        '07-18',
        '职工代表大会（年中）',
        { kind: '职工代表大会', term: 9, meeting: ({ year }) => 4 + (year - 2025) * 2, sittings: '7月18日' },
      ],
    ],
    lasts: 1,
    values: {
      charter: '正式施行',
      resolutions: '通过行政工作报告、集体合同履行情况报告和薪酬调整办法',
      sittings: undefined,
    },
    lines: { who: 'delegates', all: true, values: { attended: share(96) } },
  },
  'congress.agenda': {
    events: [['01-16', '第九届职工代表大会']],
    lines: {
      rows: [
        { document: '行政工作报告', category: '行政工作报告', act: '听取报告' },
        { document: '财务决算和预算报告', category: '财务报告', act: '听取报告' },
        { document: '业务招待费使用情况报告', category: '业务招待费使用情况报告', act: '听取报告' },
        { document: '提案处理情况报告', category: '提案处理情况报告', act: '听取报告' },
        {
          document: '{y}年度薪酬调整办法',
          category: '工资与绩效办法',
          act: '审议通过',
          votesFor: ({ draw }) => draw.between(172, 186),
          votesAgainst: ({ draw }) => draw.between(3, 9),
          change: '夜班津贴一条按代表意见上调',
        },
        {
          document: '职工奖惩管理规定（修订）',
          category: '规章制度',
          act: '审议通过',
          votesFor: ({ draw }) => draw.between(170, 184),
          votesAgainst: ({ draw }) => draw.between(4, 12),
        },
        { document: '再制造分厂人员安置方案', category: '职工安置方案', act: '审议讨论' },
      ],
      values: {
        votesFor: undefined,
        votesAgainst: undefined,
        effectiveOn: undefined,
        change: undefined,
        reporter: ['公司总经理', '财务部部长', '人力资源部部长', '公司工会主席'],
      },
    },
  },
  'congress.meeting': {
    events: [
      ['01-09', '职代会预备会', { kind: '职代会预备会' }, 32],
      ['03-27', '薪酬办法听取意见座谈会', { kind: '听取意见座谈会' }, 26],
      ['05-22', '食堂管理听取意见座谈会', { kind: '听取意见座谈会' }, 24],
      ['07-10', '代表团长联席会议', { kind: '代表团长联席会议' }, 29],
      ['10-22', '工会工作报告会', { kind: '工会工作报告会' }, 58],
    ],
    values: { draft: undefined },
    lines: {
      who: 'delegates',
      values: {
        spoke: share(38),
        opinion: ({ values, draw }) =>
          values['spoke']
            ? draw.pick(['建议细化班组考核口径', '建议夜班津贴分档', '希望增加早餐品种', '建议提案答复当面反馈'])
            : undefined,
      },
    },
  },
  'congress.delegate-election': {
    events: [['01-06', '职工代表年初增补', { kind: '增补', reason: '原代表调离或退休' }, 11]],
    values: { level: '公司（院、校）级' },
    lines: {
      who: 'delegates',
      values: { elected: true, votes: ({ draw }) => draw.between(38, 64), termEnd: '2027-12-20' },
    },
  },
  'congress.delegate-training': {
    events: [
      ['03-12', '怎样写好一份提案', {}, 96],
      ['09-16', '职工代表履职能力提升', {}, 90],
    ],
    lines: { who: 'delegates', values: { done: share(94) } },
  },
  'congress.motion': {
    many: 104,
    months: [1, 1, 1, 2, 6, 7, 9],
    titles: motions,
    who: 'delegates',
    values: {
      kind: weighted({ 提案: 9, 议案: 1, 意见: 3 }),
      channel: ({ date }) => (/-0[12]-/.test(date) ? '会前征集' : '闭会期间'),
      session: '第九届',
      delegation: ({ place }) => place.replace(/分会$/, '代表团'),
      category: weighted({ 生产经营: 4, 企业管理: 3, 薪酬福利: 4, 劳动保护: 4, 培训教育: 2, 生活后勤: 5 }),
      text: ({ draw }) =>
        draw.pick([
          '现有设施不能满足需要，建议由责任部门提出方案，年内实施。',
          '职工反映集中，建议列入本年度重点改善项目。',
          '建议先行试点，取得经验后推广。',
        ]),
      filed: share(82),
      mergedInto: undefined,
      department: ['生产部', '人力资源部', '行政后勤部', '安全环保部', '设备部', '质量部'],
      urged: ({ values, draw }) => !!values['filed'] && draw.chance(0.2),
      replied: ({ values, draw }) => !!values['filed'] && draw.chance(0.97),
      repliedOn: ({ values, draw }) => (values['replied'] ? draw.between(20, 45) : undefined),
      progress: ({ values, draw }) =>
        values['replied']
          ? draw.pick(['已落实', '已落实', '已落实', '正在落实', '列入计划', '暂不具备条件'])
          : undefined,
      returned: ({ values }) => !!values['replied'],
      verdict: ({ values, draw }) =>
        values['replied'] ? draw.pick(['满意', '满意', '满意', '满意', '基本满意', '不满意']) : undefined,
    },
  },
  'congress.motion-award': {
    events: [
      ['01-16', '职代会提案表彰', { award: '最佳提案', winner: '关于改善铸造车间通风除尘条件的提案' }],
      ...[
        '关于优化班车线路的提案',
        '关于增设车间饮水点的提案',
        '关于建立岗位轮训制度的提案',
        '关于加强外协件质量把关的提案',
      ].map((winner) => ['01-16', '职代会提案表彰', { award: '优秀提案', winner }] as const),
      ...['技术中心代表团', '总装一分厂代表团'].map(
        (winner) => ['01-16', '职代会提案表彰', { award: '提案优秀组织单位', winner, proposer: undefined }] as const,
      ),
    ],
    values: { proposer: 'delegates' },
  },
  // Half as many this year: what the report's reader will ask about.
  'congress.suggestion': {
    many: [412, 218],
    titles: suggestions,
    who: 'frontline',
    values: {
      kind: weighted({ 合理化建议: 8, 金点子: 3 }),
      branch: ({ place }) => place,
      category: weighted({ 增产增效: 4, 节能降耗: 4, 安全环保: 3, 管理改进: 3, 服务质量: 1 }),
      text: '现场试用后效果明显，建议推广。',
      grade: [...weighted({ 一等奖: 1, 二等奖: 2, 三等奖: 4, 优秀奖: 5, 未获奖: 9 }), undefined],
      adopted: share(44),
      implemented: ({ values, draw }) => !!values['adopted'] && draw.chance(0.7),
      benefit: ({ values, draw }) => (values['implemented'] ? draw.between(2, 60) * 1000 : undefined),
    },
  },
  'congress.review-panel': {
    events: [['03-02', '合理化建议评审小组', { documentNo: '云工字〔{y}〕8号' }]],
    lines: {
      who: 'officers',
      many: [9, 9],
      values: {
        department: ['技术中心', '生产部', '质量部', '设备部', '财务部'],
        role: ({ at }) => (at === 0 ? '组长' : at < 3 ? '副组长' : '成员'),
      },
    },
  },
  'congress.consultation': {
    events: [
      ['03-24', undefined, { draft: '{y}年度薪酬调整办法', round: 1 }],
      ['04-20', undefined, { draft: '{y}年度薪酬调整办法', round: 2 }],
      ['09-08', undefined, { draft: '班组考核办法', round: 1 }],
    ],
    lines: {
      rows: [
        '夜班津贴应按时段分档',
        '技能等级补贴应当年兑现',
        '考核结果应在班组公示',
        '加班与考勤的口径应当一致',
        '申诉渠道应当写明',
      ].map((opinion) => ({ opinion, proposer: 'delegates' })),
      values: { disposition: weighted({ 采纳: 4, 部分采纳: 2, 未采纳并说明: 1 }) },
    },
  },
  'congress.questionnaire': {
    events: [['09-03', '职工满意度征求意见表', { audience: '在职职工', issued: 1200, returned: 1146 }]],
    lines: {
      rows: ['增设夜间健身时段', '更换二食堂排烟设备', '老家属区补装路灯'].map((action) => ({ action, done: true })),
    },
  },
  'congress.participation': {
    events: [
      ['03-18', '夏季工作服招标', { kind: '采购与招标监督', right: '监督权', stage: '过程监督' }],
      ['05-20', '食堂食材供应商招标', { kind: '采购与招标监督', right: '监督权', stage: '过程监督' }],
      ['04-28', '一季度绩效工资发放监督', { kind: '绩效工资监督', right: '知情权', stage: '过程监督' }],
      ['08-14', '中层竞聘办法修订', { kind: '人事制度改革', right: '参与权', stage: '源头参与' }],
      ['10-20', '公司安全生产委员会', { kind: '涉及职工利益的领导机构', right: '表达权', stage: '源头参与' }],
    ],
    values: { representative: 'officers', written: share(60) },
    lines: {
      rows: [
        { opinion: '建议把交付时限和违约责任写进合同', outcome: '采纳' },
        { opinion: '建议公示评分细则', outcome: ['采纳', '部分采纳'] },
      ],
    },
  },
  'appraisal.leader': {
    events: [
      [
        '01-17',
        '年度领导干部述职评议',
        { kind: '民主评议领导干部', reportedTo: '县国有资产管理部门', reportedUp: true, formYears: edition(5, 2025) },
        9,
      ],
      [
        '12-10',
        '中层干部民主评议',
        { kind: '中层干部评议', reportedUp: false, reportedTo: undefined, formYears: undefined },
        38,
      ],
      [
        '11-12',
        '中层干部年中测评',
        { kind: '中层干部评议', reportedUp: false, reportedTo: undefined, formYears: undefined },
        36,
      ],
    ],
    lines: {
      who: 'officers',
      values: {
        post: ['副总经理', '总工程师', '分厂厂长', '部门负责人'],
        reported: true,
        ballots: ({ draw }) => draw.between(150, 188),
        result: weighted({ 优秀: 4, 称职: 7, 基本称职: 1 }),
      },
    },
  },
  'appraisal.performance': {
    events: [
      ['01-12', '{last}年度管理人员绩效考核', {}, 84],
      ['07-08', '{y}年上半年管理人员绩效考核', {}, 82],
    ],
    values: { scheme: '管理人员绩效考核办法' },
    lines: {
      who: 'officers',
      values: {
        score: ({ draw }) => draw.between(76, 98),
        grade: weighted({ 优秀: 3, 合格: 9, 基本合格: 1 }),
        use: weighted({ 晋级: 3, 奖励: 3, 推荐评先: 2, 未运用: 6 }),
      },
    },
  },
  'appraisal.form': {
    events: [
      ['03-16', '中层岗位民主推荐', { kind: '民主推荐表', issued: 128, object: '中层岗位人选', use: '干部任用' }],
      ['06-18', '幼儿园家长评议', { kind: '家长委员会评议学校表', issued: 160, object: '子弟幼儿园', use: '学校考核' }],
      [
        '06-18',
        '幼儿园教师评议',
        { kind: '家长和学生评议教师表', issued: 320, object: '子弟幼儿园教师', use: '教师年度考核' },
      ],
      ['10-20', '后备干部民意测试', { kind: '民意测试表', issued: 96, object: '后备干部', use: '干部任用' }],
    ],
  },
  'openness.item': {
    many: 168,
    at: 'branch',
    titles: [
      '一季度奖金分配情况',
      '先进评选结果',
      '月度考勤汇总',
      '加班补贴发放明细',
      '困难补助发放名单',
      '班组考核得分',
      '食堂收支情况',
      '职工培训名额分配',
      '劳保用品领用标准',
      '生产任务完成情况',
      '物资采购比价结果',
      '干部竞聘公示',
    ],
    lasts: 14,
    values: {
      kind: '厂务公开',
      category: weighted({
        工资奖金分配: 5,
        职工福利: 4,
        考核结果: 3,
        评先评优: 3,
        财务收支: 2,
        重大决策: 1,
        干部选拔任用: 1,
        基建与大宗采购: 1,
      }),
      channel: weighted({ 公开栏: 6, 电子屏: 3, 网站与内网: 3, 职代会: 1, 文件: 1 }),
      scope: ['全体职工', '本单位职工'],
    },
  },
  'openness.fee': {
    events: [
      ['03-01', '幼儿园保教费', { standard: 420, basis: '县发改局核定标准', place: '幼儿园大门公开栏' }],
      ['09-01', '幼儿园伙食费', { standard: 280, basis: '伙食委员会核定', place: '幼儿园大门公开栏' }],
      ['09-01', '职工技能鉴定费', { standard: 160, basis: '鉴定机构收费标准', place: '培训中心一楼' }],
    ],
    values: { posted: true },
  },
  'openness.announcement': {
    events: [
      ['01-16', '上年度经营情况'],
      ['04-15', '一季度生产经营情况'],
      ['07-15', '上半年经营情况'],
      ['10-16', '三季度经营情况'],
      ['09-02', '东区厂房扩建进展'],
    ],
    values: { channel: ['正式文件', '职工大会', '工会小组会议'], audience: '全体职工' },
  },
  'openness.board': {
    eachBranch: 'place',
    months: [1],
    values: { kind: weighted({ 公开栏: 6, 电子屏: 2, 意见箱: 5 }), keeper: 'officers' },
  },
  'openness.mailbox': {
    many: 46,
    titles: [
      '浴室热水时间太短',
      '希望增设早班车',
      '更衣室柜锁损坏',
      '建议公布加班核算办法',
      '食堂卫生问题反映',
      '宿舍网络不稳定',
      '请求明确调休规定',
    ],
    values: {
      channel: weighted({ 意见箱: 5, 网上留言: 4, 领导信箱: 2, 领导电话: 1 }),
      writer: ['active', undefined, undefined],
      kind: weighted({ 建议: 5, 意见: 4, 困难: 1, 投诉: 1 }),
      handler: ['行政后勤部', '人力资源部', '物业公司'],
      adopted: share(86),
      outcome: ['已答复并整改', '列入改造计划', '已向来信人说明'],
    },
  },
  'openness.inspection': {
    events: [
      ['03-20', '一季度厂务公开检查', { kind: '定期检查' }],
      ['06-19', '二季度厂务公开检查', { kind: '定期检查' }],
      ['08-14', '厂务公开抽查', { kind: '不定期抽查' }],
      ['09-18', '三季度厂务公开检查', { kind: '定期检查' }],
    ],
    values: { place: ['机加一分厂', '铸造二分厂', '物资公司', '总装二分厂'], leader: 'officers' },
    lines: {
      rows: [
        { finding: '公开栏内容超过一个月未更新', fixed: share(90) },
        { finding: '班组奖金分配表缺职工签字', fixed: true },
      ],
    },
  },
  'openness.coverage': {
    events: [
      ['11-06', undefined, { system: '厂务公开', target: 100 }],
      ['11-06', undefined, { system: '职代会', target: 100 }],
    ],
    lines: { branches: 'body', values: { done: share(97) } },
  },
  'openness.charter': {
    events: [
      ['11-05', undefined, { body: '子弟幼儿园', stage: '已通过', documentNo: '云幼〔{y}〕2号' }],
      ['11-05', undefined, { body: '培训中心', stage: '起草中', documentNo: undefined }],
    ],
  },
  'openness.publicity': {
    events: [
      ['05-15', '厂务公开条例讲座', { kind: '讲座' }, 66],
      ['10-17', '厂务公开知识竞赛', { kind: '知识竞赛' }, 58],
    ],
  },
  'assessment.quarterly': {
    events: [
      ['03-31', '一季度考核', { kind: '季度综合考核' }],
      ['06-30', '二季度考核', { kind: '季度综合考核' }],
      ['09-30', '三季度考核', { kind: '季度综合考核' }],
      ['12-25', '四季度考核', { kind: '季度综合考核' }],
    ],
    lines: {
      branches: 'branch',
      subs: true,
      values: {
        score: ({ draw }) => draw.between(84, 99),
        grade: ({ values }) =>
          Number(values['score']) >= 95 ? '优秀' : Number(values['score']) >= 87 ? '良好' : '合格',
      },
    },
  },
  'assessment.commentator': {
    events: [
      ['02-26', '工会评论员聘任', { kind: '聘任', batch: edition(4, 2025) }, 15],
      ['06-12', '评论员半年座谈会', { kind: '会议', batch: undefined }, 14],
      ['10-28', '评论员观摩职工运动会', { kind: '参加大型活动', batch: undefined }, 13],
    ],
    lines: { who: 'delegates' },
  },
  'assessment.commentator-opinion': {
    many: 38,
    at: 'union',
    titles: [
      '增加晚间健身时段',
      '简化互助理赔手续',
      '公开福利采购过程',
      '活动报名应提前通知',
      '多组织小型多样的活动',
      '提案答复应当面反馈',
      '关心外派职工家庭',
    ],
    values: {
      source: weighted({ 评论员: 5, 职工评工会: 3, 满意度测评: 3 }),
      adopted: share(74),
      usedIn: ['活动中心开放安排', '年度工作计划', '会员福利办法', undefined],
      satisfaction: ({ values, draw }) =>
        values['source'] === '满意度测评' ? draw.pick(['满意', '满意', '满意', '基本满意']) : undefined,
    },
  },
  'assessment.inspection': {
    events: [
      ['06-16', '上半年工作自查', { kind: '计划检查总结', result: '合格', body: '公司工会' }],
      ['09-20', '模范职工之家复查', { kind: '上级检查验收', result: '一次合格', body: '县总工会' }],
      ['10-18', '先进职工之家典型材料申报', { kind: '典型材料申报', result: '已申报', body: '县总工会' }],
    ],
  },
  'assessment.shortcoming': {
    events: [
      [
        '11-10',
        '新设班组会员发展跟进不够及时',
        { cause: '新设班组走访少', measure: '每季度核对一次名册', mended: share(50) },
      ],
      ['11-10', '小型分会活动开展不均衡', { cause: '骨干力量不足', measure: '结对共办活动', mended: false }],
    ],
  },
  'planning.joint-meeting': {
    many: 14,
    at: 'union',
    titles: [
      '研究职工食堂改造',
      '听取一季度工会工作汇报',
      '研究薪酬调整办法',
      '研究困难职工帮扶安排',
      '听取半年工会工作汇报',
      '研究高温慰问和防暑降温',
      '研究职工运动会筹备',
      '通报劳动竞赛进展',
      '研究工会经费预算',
      '研究换届筹备工作',
    ],
    values: {
      kind: weighted({ 党政工联席会议: 5, 党组织专题听取汇报: 2, 党政工例会: 4, 向党组织汇报请示: 2 }),
      decision: ['同意方案，由责任部门年内完成', '原则同意，修改后提交职代会', '按季通报进展'],
      settled: share(88),
      leader: 'officers',
    },
  },
  'planning.plan-item': {
    events: [
      ['01-18', '召开职工代表大会', { kind: '重点工作', done: true }],
      ['01-18', '职工入会率', { kind: '指标', target: 98, done: undefined }],
      ['01-18', '举办第六届职工运动会', { kind: '重点工作', done: share(70) }],
      ['01-18', '职工体检覆盖率', { kind: '指标', target: 95, done: undefined }],
      ['01-18', '建设分会职工小家', { kind: '指标', targetCount: 12, done: true }],
      ['01-18', '打造“匠心课堂”服务品牌', { kind: '品牌', done: true }],
      ['01-18', '合理化建议采纳率提高', { kind: '突破', done: share(60) }],
      ['01-18', '困难职工帮扶全覆盖', { kind: '重点工作', done: true }],
    ],
    values: {
      planYear: ({ year }) => year,
      target: undefined,
      targetCount: undefined,
      dueOn: '12-31',
      owner: 'officers',
      measures: ['列入月度例会督办', '分解到分会，按季检查', '与行政部门联合推进'],
    },
  },
  'planning.document': {
    events: [
      ...monthly('26', '#月工会工作动态', { kind: '工作动态' }),
      ['07-05', '上半年工会工作总结', { kind: '半年总结' }],
      ['12-22', '年度工会工作总结', { kind: '年度总结' }],
      ['01-16', '向职代会的工作报告', { kind: '工作报告' }],
    ],
    values: { recipient: '县总工会' },
  },
  'planning.task': {
    events: [
      ['03-10', '职工文化需求调研', { kind: '上级工会交办', from: '县总工会' }],
      ['04-20', '产业工人队伍状况统计', { kind: '上级工会交办', from: '县总工会' }],
      ['06-02', '配合安全生产月活动', { kind: '单位中心工作', from: '公司' }],
      ['08-20', '配合节能降耗攻坚', { kind: '单位中心工作', from: '公司' }],
      ['10-09', '职工权益保障自查', { kind: '上级工会交办', from: '县总工会' }],
    ],
    values: { done: share(90) },
  },
}
