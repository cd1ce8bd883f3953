import { share, weighted, type Event, type Plans } from '../plan.ts'

const eachMonth = (day: string, title: (month: number) => string, values: Event[2] = {}): Event[] =>
  Array.from({ length: 12 }, (_, at) => [`${String(at + 1).padStart(2, '0')}-${day}`, title(at + 1), values] as const)
const branchCheck = ['有组织机构', '有阵地', '有公章', '有制度', '有牌子', '有经费', '有活动', '有档案'].map(
  (item) => ({ item, evidence: undefined }),
)

export const organisation: Plans = {
  'union-building.founding': {
    events: [
      ['05-08', '柳湾运输队工会', { kind: '企业工会', joint: false, approvalNo: '云工组〔{y}〕9号', legal: '已完成' }],
      [
        '09-12',
        '云砺劳务服务公司工会',
        { kind: '企业工会', joint: false, approvalNo: '云工组〔{y}〕14号', legal: '办理中' },
      ],
    ],
    values: {
      covered: undefined,
      chair: 'officers',
      legalDue: ({ values }) => (values['legal'] === '办理中' ? 90 : undefined),
    },
  },
  'union-building.employer-check': {
    events: [['11-06', '下属单位建会核对', { target: 100 }]],
    lines: { branches: 'employer', values: { kind: '企业', done: share(97) } },
  },
  'union-building.membership-check': {
    events: [['10-20', '劳务派遣职工入会核对']],
    lines: {
      who: 'migrants',
      many: [52, 64],
      values: { employer: ['云砺劳务服务公司', '柳湾运输队'], done: share(91), fresh: share(12), joinedOn: undefined },
    },
  },
  'union-building.ledger-change': {
    many: 240,
    who: 'anyone',
    values: {
      kind: weighted({ 信息更正: 8, 新建档案: 4, 转入: 2, 转出: 2, 保留会籍: 1 }),
      content: ({ values, draw }) =>
        values['kind'] === '信息更正' ? draw.pick(['更新手机号码', '更正出生日期', '更新家庭住址']) : undefined,
    },
  },
  'union-building.election': {
    many: 9,
    months: [3, 4, 9],
    values: {
      body: ({ place }) => place,
      kind: weighted({ 换届选举: 4, 委员增补: 3, 主席直接选举: 2 }),
      term: ({ values, draw }) => (values['kind'] === '委员增补' ? undefined : draw.between(4, 8)),
      onTime: share(88),
      reason: ({ values }) => (values['kind'] === '委员增补' ? '原委员调离' : undefined),
      approvalNo: '云工组〔{y}〕11号',
    },
    lines: {
      who: 'officers',
      many: [3, 7],
      values: {
        post: ({ at, values }) =>
          values['kind'] === '委员增补' ? '委员' : at === 0 ? '主席' : at === 1 ? '副主席' : '委员',
        route: ({ values }) => (values['kind'] === '主席直接选举' ? '大会直接选举' : '委员会选举'),
        votes: ({ draw }) => draw.between(38, 66),
      },
    },
  },
  'union-building.direct-election-check': {
    events: [['11-10', '主席直选推行核对', { target: 60 }]],
    lines: { branches: 'body', values: { done: share(52) } },
  },
  'union-building.nominee': {
    events: [['04-02', '县总工会代表大会', { host: '县总工会' }, 12]],
    lines: { who: 'officers', values: { role: weighted({ 代表: 5, 委员: 2 }), elected: share(90) } },
  },
  'union-building.committee': {
    events: [
      '工会委员会',
      '经费审查委员会',
      '女职工委员会',
      '劳动争议调解委员会',
      '劳动法律监督委员会',
      '劳动保护监督检查委员会',
    ].map((kind): Event => ['01-10', undefined, { kind }]),
    lasts: 1460,
    values: { duties: undefined },
    lines: {
      who: 'officers',
      many: [5, 9],
      values: {
        post: ({ at, values }) =>
          values['kind'] === '工会委员会'
            ? at === 0
              ? '主席'
              : at < 3
                ? '副主席'
                : '委员'
            : at === 0
              ? '主任'
              : at === 1
                ? '副主任'
                : '委员',
      },
    },
  },
  'union-building.checklist': {
    many: 8,
    at: 'branch',
    months: [10, 11],
    values: { standard: '八有', body: ({ place }) => place },
    lines: { rows: branchCheck, values: { done: share(95) } },
  },
  'union-building.demonstration': {
    events: [
      ['02-26', undefined, { body: '总装一分厂分会', kind: '企业', stage: '已验收' }],
      ['02-26', undefined, { body: '技术中心分会', kind: '企业', stage: '建设中' }],
    ],
  },
  'union-building.body': {
    eachBranch: 'body',
    months: [2],
    values: {
      kind: '二级分会',
      change: weighted({ 无变动: 26, 更名: 1 }),
      former: undefined,
      leader: 'officers',
      settled: share(96),
    },
  },
  'union-building.rule': {
    events: [
      ['03-11', '工会小组长工作职责', { kind: '岗位职责', topic: '委员职责', fresh: true }],
      ['03-20', '分会经费使用办法', { kind: '管理办法', topic: '财务', fresh: false }],
      ['05-15', '工会会议制度', { kind: '工作制度', topic: '会议', fresh: false }],
      ['09-06', '职工活动室管理办法', { kind: '管理办法', topic: '其他', fresh: true }],
    ],
    values: { posted: share(80) },
  },
  'union-building.meeting': {
    events: [
      ...eachMonth('08', (month) => `${month}月工会工作例会`, { kind: '工会工作例会' }),
      ['02-14', '研究年度工作要点', { kind: '工会委员会会议', decision: '通过年度工作要点和经费预算' }],
      ['05-16', '研究高温慰问和互助理赔', { kind: '工会委员会会议' }],
      ['08-22', '研究换届筹备', { kind: '工会委员会会议' }],
      ['11-14', '研究冬季送温暖', { kind: '工会委员会会议' }],
      ['06-20', '分会工作推进会', { kind: '工会工作专题会议' }],
      ['04-10', '经费审查委员会会议', { kind: '经费审查委员会会议' }],
      ['03-04', '女职工工作研究', { kind: '女职工委员会会议' }],
    ],
    values: { decision: ['布置下月工作，明确责任人', '通报上月进展'] },
    lines: { who: 'officers', many: [18, 30], values: { attended: share(94) } },
  },
  'union-building.officer-training': {
    events: [
      ['03-26', '新任分会主席培训', { form: '任前培训', hours: 8 }, 28],
      ['06-11', '工会财务与经审', { form: '业务培训', hours: 6 }, 32],
      ['09-17', '工会法律知识', { form: '法律知识培训', hours: 6 }, 40],
      ['10-21', '以会代训：半年工作讲评', { form: '以会代训', hours: 3 }, 46],
    ],
    values: { trainer: ['县总工会讲师', '培训中心教师'] },
    lines: { who: 'officers', values: { fresh: share(30), done: share(95) } },
  },
  'union-building.officer-file': {
    many: 24,
    at: 'union',
    months: [3, 5],
    who: 'officers',
    values: {
      education: weighted({ 大专: 3, 本科: 5, 研究生: 1 }),
      post: ['分会主席', '分会委员', '工会干事', '女职工委员'],
      complete: share(90),
    },
  },
  'union-building.exchange': {
    events: [
      ['05-20', '班组建设经验', { kind: '学习考察', counterpart: '江湾机床厂工会', cost: 6800 }, 16],
      ['09-18', '职工书屋管理', { kind: '与兄弟单位交流', counterpart: '县中心医院工会', cost: 900 }, 12],
    ],
    lines: { who: 'officers' },
  },
  'union-building.guidance': {
    many: 16,
    at: 'union',
    values: {
      body: ['云砺劳务服务公司', '柳湾运输队', '岚溪包装材料厂', '铸造一分厂分会', '物资公司分会'],
      kind: weighted({ 企业工会指导: 3, 工作督导: 3 }),
      topic: weighted({ 组织建设: 2, 经费管理: 2, 民主管理: 2, 干部培训: 1 }),
      visitor: 'officers',
    },
    lines: { rows: [{ finding: ['台账记录不全', '经费未独立核算', '活动档案未及时归档'], fixed: share(90) }] },
  },
  'union-building.member-note': {
    many: 66,
    who: 'active',
    values: {
      kind: weighted({ 需求: 5, 呼声: 3, 情绪: 1 }),
      content: [
        '希望夜班班车增加一站',
        '希望增设车间休息座椅',
        '希望多办技能培训',
        '希望公布福利采购过程',
        '希望解决宿舍隔音',
      ],
      answered: share(94),
      satisfied: share(88),
    },
  },
  'union-building.home': {
    many: 34,
    at: 'branch',
    months: [6, 9, 10, 11],
    values: {
      body: ({ place }) => place,
      kind: '职工小家',
      grade: weighted({ 合格: 4, 先进: 3, 规范化: 2, 模范: 1 }),
      level: weighted({ 本单位: 6, '县（区）级': 2, 市级: 1 }),
      stage: weighted({ 创建中: 3, 自查: 2, 通过验收: 3, 授牌晋级: 2 }),
    },
  },
  'union-building.rating': {
    eachBranch: 'body',
    months: [11],
    values: { issued: ({ draw }) => draw.between(90, 180) },
  },
  'union-building.branch-appraisal': {
    events: [['11-12', '年度建家考核']],
    lines: {
      branches: 'branch',
      values: {
        item: ['民主管理', '生产竞赛', '服务职工', '活动阵地'],
        score: ({ draw }) => draw.between(17, 25),
        passed: share(94),
      },
    },
  },
  'union-building.evidence': {
    many: 88,
    titles: ['职工运动会照片', '劳动竞赛方案', '慰问签收表', '分会会议记录', '活动室制度', '文艺演出录像'],
    values: {
      media: weighted({ 照片: 5, 文字: 4, 录像: 1 }),
      event: ['职工运动会', '劳动竞赛', '送温暖', '小家建设'],
      volume: ({ year, at }) => `${year}-${String((at % 12) + 1).padStart(2, '0')}`,
    },
  },
  'union-building.brand': {
    events: [
      ['01-20', undefined, { name: '匠心课堂', kind: '服务品牌', stage: '列入计划', recognisedBy: undefined }],
      ['09-20', undefined, { name: '匠心课堂', kind: '服务品牌', stage: '已形成', recognisedBy: undefined }],
      ['10-16', undefined, { name: '云砺午间半小时', kind: '活动品牌', stage: '获认定', recognisedBy: '县总工会' }],
    ],
    values: { owner: '公司工会' },
  },
  'union-building.home-work': {
    events: [
      ['04-18', '厂区花坛补植', { kind: '绿化环境维护', site: '职工活动中心周边', cost: 8600 }],
      ['06-03', '荣誉展柜制作', { kind: '荣誉室建设', site: '办公楼荣誉室', cost: 26800 }],
      ['09-10', '活动室通风改造', { kind: '环境改造', site: '总装二分厂', cost: 12600 }],
    ],
    values: { payer: '公司行政' },
  },
  'funds.receipt': {
    events: [
      ...eachMonth('12', (month) => `${month}月拨缴经费`, {
        kind: '拨缴经费',
        amount: ({ draw }) => draw.between(380, 430) * 1000,
        payer: '公司财务部',
      }),
      ...['一', '二', '三', '四'].map((quarter, at): Event => [
        `${String(at * 3 + 2).padStart(2, '0')}-20`,
        `${quarter}季度会费`,
        { kind: '会费', amount: ({ draw }) => draw.between(80, 90) * 1000, payer: '各分会' },
      ]),
      ['03-22', '上级工会回拨补助', { kind: '上级补助', amount: 260000, payer: '县总工会' }],
      ['06-05', '行政文体补助', { kind: '行政补助', amount: 200000, payer: '公司行政' }],
      ['09-08', '专项帮扶补助', { kind: '上级补助', amount: 80000, payer: '县总工会' }],
    ],
  },
  'funds.payment': {
    events: [
      ...['一', '二', '三', '四'].map((quarter, at): Event => [
        `${String(at * 3 + 3).padStart(2, '0')}-18`,
        `${quarter}季度上解经费`,
        { kind: '上解经费', amount: ({ draw }) => draw.between(440, 480) * 1000 },
      ]),
      ['01-20', '春节会员慰问品', { kind: '职工福利', amount: 980000 }],
      ['09-12', '中秋会员慰问品', { kind: '职工福利', amount: 620000 }],
    ],
    many: 96,
    at: 'union',
    titles: [
      '职工活动器材',
      '篮球联赛',
      '分会活动费',
      '看望住院职工',
      '困难职工补助',
      '劳动竞赛奖励',
      '先进表彰奖金',
      '图书购置',
      '高温慰问物资',
      '职工运动会',
      '女职工活动',
      '宣传品制作',
    ],
    values: {
      kind: weighted({ 职工活动: 6, 送温暖: 4, 劳动竞赛: 2, 奖励: 2, 文化教育: 2, 职工福利: 3, 行政办公: 1 }),
      amount: ({ draw }) => draw.between(12, 260) * 100,
      approver: 'officers',
      complete: share(99),
    },
  },
  'funds.branch-quota': {
    eachBranch: 'branch',
    months: [2],
    values: {
      kind: '分会额度',
      quota: ({ draw }) => draw.between(8, 24) * 1000,
      spent: ({ values, draw }) => Math.round(Number(values['quota']) * (0.7 + draw.next() * 0.28)),
    },
  },
  'funds.audit': {
    events: [
      ['04-18', '上年度经费审查', { kind: '经审会审查', opinion: '合规', findings: 2, mended: 2 }],
      ['10-16', '半年度经费审查', { kind: '经审会审查', opinion: '基本合规', findings: 3, mended: 2 }],
      ['01-16', '向职代会报告经费收支', { kind: '向职代会报告', findings: undefined, mended: undefined }],
      ['06-24', '县总工会经费审计', { kind: '上级审查', opinion: '合规', findings: 1, mended: 1 }],
      ['09-05', '经费自查', { kind: '自查', opinion: '合规', findings: 0, mended: 0 }],
      ['03-12', '分会经费使用办法', { kind: '制度建立', findings: undefined, mended: undefined }],
    ],
    values: { opinion: undefined, person: 'officers' },
  },
  'funds.restricted': {
    events: [
      ['02-08', '大病互助金划入', { fund: '大病互助金', direction: '收入', amount: 160000, beneficiary: undefined }],
    ],
    many: 24,
    at: 'union',
    titles: ['大病互助支出', '互助补助支付', '助学金支付'],
    values: {
      fund: weighted({ 大病互助金: 4, 金秋助学资金: 1 }),
      direction: '支出',
      amount: [2000, 3000, 5000, 8000],
      beneficiary: 'needy',
    },
  },
  'rights.bargaining': {
    events: [
      [
        '03-04',
        '年度工资集体协商',
        { passedAt: '第九届职代会', raise: ({ draw }) => draw.between(24, 36) * 10, basis: '每月' },
      ],
    ],
    lines: {
      rows: ['沟通', '协商', '签约', '审核', '监督'].map((step, at) => ({ step, stepOn: at * 16, done: true })),
    },
  },
  'rights.contract': {
    events: [
      ['03-28', undefined, { employer: '云砺机械有限公司', kind: '工资专项协议' }],
      ['03-28', undefined, { employer: '云砺机械有限公司', kind: '劳动安全卫生专项合同' }],
      ['05-16', undefined, { employer: '云砺劳务服务公司', kind: '集体合同' }],
      ['06-10', undefined, { employer: '岚溪包装材料厂', kind: '集体合同', stage: '正在协商', filed: false }],
    ],
    lasts: 365,
    values: { stage: '已签订', filed: true, expectedOn: undefined },
  },
  'rights.contract-check': {
    events: [
      ['06-20', '云砺机械集体合同', { employer: '云砺机械有限公司' }],
      ['11-10', '云砺机械集体合同', { employer: '云砺机械有限公司' }],
    ],
    lines: {
      rows: [
        '按月足额支付工资',
        '夏季发放防暑降温费',
        '每年组织健康检查',
        '带薪年休假',
        '女职工特殊保护',
        '提取职工教育经费',
      ].map((term) => ({ term, remark: undefined })),
      values: { fulfilled: share(96) },
    },
  },
  'rights.restructuring': {
    events: [['02-17', '再制造业务整合', { scheme: '再制造分厂人员安置方案' }]],
    lasts: 200,
    lines: {
      rows: ['方案论证', '征求意见', '职代会审议', '安置实施'].map((stage, at) => ({
        stage,
        raised: at < 3,
        opinion: at === 0 ? '工龄应连续计算' : at === 1 ? '岗位选择应公示' : undefined,
        adopted: at < 2 ? true : undefined,
      })),
    },
  },
  'rights.mediation-body': {
    events: [['01-22', undefined, { body: '公司劳动争议调解委员会', kind: '劳动争议调解委员会' }]],
    values: { rules: true },
    lines: { who: 'officers', many: [7, 7], values: { side: ['职工代表', '企业代表', '工会代表'] } },
  },
  'rights.dispute': {
    many: 12,
    at: 'union',
    lasts: 18,
    titles: ['加班工资争议', '工伤待遇争议', '续签合同争议', '社会保险补缴', '劳动报酬支付'],
    values: {
      kind: weighted({ 劳动争议: 4, 农民工维权: 2 }),
      cause: weighted({ 劳动报酬: 3, 工伤待遇: 2, 续签劳动合同: 1, 社会保险: 1 }),
      employer: ['云砺劳务服务公司', '云砺机械有限公司', '柳湾运输队'],
      collective: share(6),
      outcome: weighted({ 调解成功: 9, 撤回: 1, 办理中: 1 }),
    },
    lines: { who: 'active', many: [1, 2], values: { recovered: ({ draw }) => draw.between(8, 60) * 100 } },
  },
  'rights.incident': {
    many: 5,
    at: 'union',
    titles: ['外包班组反映工资迟发', '班车调整引发误解', '考勤系统切换争议', '加班安排沟通不畅'],
    values: {
      kind: ['欠薪苗头', '政策误解', '劳资纠纷'],
      reportedOn: 0,
      reportedTo: '公司党委',
      sameDay: true,
      resolved: true,
    },
  },
  'rights.law-inspection': {
    many: 10,
    at: 'union',
    values: {
      employer: ['云砺劳务服务公司', '柳湾运输队', '岚溪包装材料厂', '物业公司'],
      kind: weighted({ 劳动法律监督: 4, 职业道德规范监督: 1 }),
    },
    lines: {
      rows: [
        { violation: weighted({ 超时加班: 3, 未缴社会保险: 1 }), finding: '部分岗位月加班超过规定', fixed: share(92) },
      ],
    },
  },
  'rights.legal-aid': {
    many: 34,
    at: 'union',
    who: 'active',
    values: {
      kind: weighted({ 法律咨询: 8, 法律援助: 2, 协助诉讼: 1, 维权求助: 2 }),
      topic: weighted({ 劳动报酬: 3, 社会保险: 3, 工伤: 2, 婚姻家庭: 2, 劳动合同: 2 }),
      closed: share(94),
    },
  },
  'rights.employer-training': {
    events: [['06-23', '社会保险新政解读', { partner: '县人社局' }, 24]],
    lines: {
      who: 'migrants',
      values: { employer: ['云砺劳务服务公司', '柳湾运输队', '岚溪包装材料厂', '岚溪配件加工厂'] },
    },
  },
  'rights.claim': {
    events: [
      ['04-08', '提高夜班津贴标准', { kind: '津贴补贴', outcome: '已落实' }],
      ['06-12', '调整公积金缴存比例', { kind: '住房公积金', outcome: '正在协商' }],
      ['09-16', '落实带薪年休假', { kind: '休息休假', outcome: '部分落实' }],
    ],
  },
  'rights.reemployment': {
    many: 8,
    at: 'union',
    who: 'migrants',
    values: { kind: ['推荐岗位', '技能培训'], placed: share(72) },
  },
  'rights.post-competition': {
    events: [['09-10', '中层岗位竞聘', {}, 18]],
    lines: {
      who: 'active',
      values: { post: ['安全主管', '车间副主任', '质量主管', '设备主管'], appointed: share(34) },
    },
  },
  'rights.petition': {
    many: 22,
    at: 'union',
    titles: ['调入前工龄未计算', '加班工资计算问题', '退休待遇咨询', '住房补贴问题', '工伤认定进度'],
    values: {
      channel: weighted({ 来访: 5, 来电: 3, 来信: 2, 集体来访: 1 }),
      issue: weighted({ 工资待遇: 3, 退休待遇: 3, 工龄计算: 2, 住房: 1 }),
      outcome: weighted({ 已解决: 5, 解释疏导息访: 4, 转办: 1 }),
    },
    lines: { who: 'anyone', many: [1, 3] },
  },
  'rights.stability-report': {
    events: [
      ['03-28', undefined, { recipient: '集团公司', content: '一季度职工队伍稳定情况' }],
      ['06-26', undefined, { recipient: '集团公司', content: '二季度职工队伍稳定情况' }],
      ['09-26', undefined, { recipient: '维稳办', content: '国庆前稳定情况' }],
      ['10-10', undefined, { recipient: '军转办', content: '退休军转干部情况' }],
    ],
  },
  'rights.risk': {
    events: [
      ['02-02', '春节前排查'],
      ['06-12', '半年排查'],
      ['09-25', '国庆节前排查'],
    ],
    values: { written: true },
    lines: {
      rows: [
        { factor: '劳务班组工资核对', level: '一般' },
        { factor: '宿舍调整意见', level: '一般' },
        { factor: '岗位调整沟通', level: '一般' },
      ],
      values: { owner: ['人力资源部', '行政后勤部'], resolved: share(94) },
    },
  },
  'rights.special-group': {
    events: [['07-30', '退休军转干部补助核定', { kind: '退休军转干部补助金', partner: '县军转办' }, 12]],
    values: { resolved: true },
    lines: { who: 'retired', values: { amount: [1200, 1800] } },
  },
  'rights.petition-review': {
    events: [
      ['10-22', '信访工作年度验收', { kind: '信访工作验收', outcome: '一次验收合格' }],
      ['08-18', '协助处理运费纠纷', { kind: '法院联系', caseName: '运输合同纠纷', outcome: '已办结' }],
    ],
    values: { caseName: undefined },
  },
  'rights.survey': {
    events: [
      ['05-28', '上半年职工思想状况调查', { partner: '党群部', issued: 600, returned: 572 }],
      ['11-06', '下半年职工思想状况调查', { partner: '党群部', issued: 600, returned: 566 }],
    ],
    values: { written: true },
    lines: {
      rows: ['宿舍管理', '薪酬分配公开', '班车时间', '晋升通道'].map((issue) => ({ issue, resolved: share(76) })),
    },
  },
  'rights.talk': {
    many: 96,
    who: 'active',
    values: {
      talker: 'officers',
      reason: weighted({ 日常谈心: 6, 岗位变动: 2, 家庭变故: 1, 思想波动: 2 }),
      settled: share(96),
    },
  },
  'rights.listening': {
    many: 18,
    at: 'branch',
    values: { place: ({ place }) => place.replace(/分会$/, ''), form: ['到班组', '座谈会'] },
    lines: { rows: [{ issue: ['更衣室通风', '班次调整', '工具更新', '食堂供餐'], solved: share(84) }] },
  },
  'rights.appeal': {
    many: 86,
    titles: ['更衣室通风不良', '夜班补贴未到账', '工具柜破损', '浴室水温不稳', '停车位不足', '调休安排不清'],
    values: {
      channel: weighted({ 工会小组: 4, 当面反映: 3, 网上平台: 3, 座谈会: 2 }),
      staff: 'active',
      owner: ['设备部', '人力资源部', '行政后勤部', '物业公司'],
      stage: weighted({ 已解决: 6, 已答复: 3, 办理中: 1 }),
      returned: share(92),
    },
  },
  'rights.station': {
    events: [['03-07', undefined, { body: '驻江湾市安装服务站', kind: '温馨服务站', place: '江湾市' }]],
    values: { services: '接站、就医联系、家庭沟通' },
    lines: { who: 'officers', many: [2, 3] },
  },
  'rights.recovery-trip': {
    events: [['08-27', '协助劳务班组追讨工资', { place: '江湾市' }, 4]],
    lines: { who: 'migrants', values: { recovered: ({ draw }) => draw.between(20, 96) * 100 } },
  },
  'rights.job-notice': {
    events: [
      ['02-18', '安装二队招焊工', { source: '用工企业', place: '江湾市' }],
      ['07-10', '矿山服务队招电工', { source: '用工企业', place: '北岭县' }],
    ],
    lines: { who: 'migrants', many: [6, 10] },
  },
  'rights.migrant': {
    many: 28,
    at: 'union',
    months: [3],
    who: 'migrants',
    values: {
      place: ['江湾市', '北岭县', '沙原市'],
      trade: weighted({ 制造: 4, 建筑: 3, 运输: 2 }),
      leftFamily: share(40),
    },
  },
  'rights.summer-class': {
    events: [['07-07', '外派职工子女暑期班', { place: '培训中心', free: true }, 32]],
    lasts: 38,
    lines: { who: 'children' },
  },
  'rights.zero-tuition': {
    events: [['09-05', undefined, { school: '柳湾小学' }, 14]],
    lines: {
      who: 'children',
      values: { waived: ({ values }) => (values['poor'] === false ? undefined : 350), poor: share(82), dropout: false },
    },
  },
  'rights.family-visit': {
    many: 16,
    at: 'union',
    values: {
      family: 'villagers',
      kind: weighted({ 留守家庭: 4, 空巢老人: 2, 留守儿童: 2 }),
      difficulty: ['取暖设备老旧', '孩子假期无人看护', undefined],
      raised: ({ values }) => values['difficulty'] !== undefined,
      solved: share(88),
    },
  },
  'rights.family-loan': {
    many: 3,
    at: 'union',
    values: {
      family: 'villagers',
      lender: '镇信用社',
      purpose: ['扩建养殖棚', '购置农机具'],
      stage: weighted({ 已发放: 3, 审批中: 1 }),
      amount: [20000, 30000, 50000],
    },
  },
}
