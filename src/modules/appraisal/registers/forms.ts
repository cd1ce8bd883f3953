import { field, register } from '../../../kernel/register/declaration.ts'

/** Anonymous forms by batch: who was asked about whom, how many went out and came back, what the result is used for. */
export const form = register({
  id: 'appraisal.form',
  title: '评议表与测评表',
  domain: 'DM',
  mechanisms: ['DM-24', 'DM-27', 'KH-03'],
  help: '每批发出的表一行，填这一批发出和收回的份数；表不记名。',
  dateLabel: '发放日期',
  titleLabel: '评议（测评）名称',
  fields: [
    field.choice(
      'kind',
      '表种',
      [
        '家长委员会评议学校表',
        '家长和学生评议教师表',
        '民主推荐表',
        '民意测试表',
        '民主测评表',
        '职工评工会表',
        '下级工会评议上级工会表',
        '满意度测评表',
      ],
      { required: true, key: true },
    ),
    field.text('object', '评议对象', { required: true, dim: true, key: true, help: '学校、部门或拟任职务的名称' }),
    field.integer('issued', '本批发出份数', { required: true }),
    field.integer('returned', '本批收回份数', { required: true, atMost: 'issued' }),
    field.integer('satisfied', '本批满意份数', { atMost: 'returned' }),
    field.choice('use', '结果用途', ['学校考核', '教师年度考核', '干部任用', '工作改进'], { open: true }),
  ],
  metrics: [
    {
      id: 'appraisal.form.parents-issued',
      label: '家长和学生评议表发出份数',
      unit: '份',
      aggregate: { sum: 'issued', where: { kind: ['家长委员会评议学校表', '家长和学生评议教师表'] } },
    },
    {
      id: 'appraisal.form.parents-returned',
      label: '家长和学生评议表收回份数',
      unit: '份',
      aggregate: { sum: 'returned', where: { kind: ['家长委员会评议学校表', '家长和学生评议教师表'] } },
    },
    {
      id: 'appraisal.form.parents-return-rate',
      label: '家长和学生评议表回收率',
      unit: '%',
      aggregate: {
        ratio: { numerator: 'appraisal.form.parents-returned', denominator: 'appraisal.form.parents-issued' },
      },
      definition: '收回份数 ÷ 发出份数，评议学校和评议教师两种表合计',
    },
    {
      id: 'appraisal.form.parents-kinds',
      label: '家长和学生评议表种数',
      unit: '类',
      aggregate: {
        distinct: { dim: 'kind' },
        of: 'record',
        where: { kind: ['家长委员会评议学校表', '家长和学生评议教师表'] },
      },
    },
    {
      id: 'appraisal.form.parents-satisfied',
      label: '家长和学生评议满意份数',
      unit: '份',
      aggregate: { sum: 'satisfied', where: { kind: ['家长委员会评议学校表', '家长和学生评议教师表'] } },
    },
    {
      id: 'appraisal.form.parents-satisfaction-rate',
      label: '家长和学生评议满意率',
      unit: '%',
      aggregate: {
        ratio: { numerator: 'appraisal.form.parents-satisfied', denominator: 'appraisal.form.parents-returned' },
      },
      definition: '满意份数 ÷ 收回份数',
    },
    {
      id: 'appraisal.form.parents-used',
      label: '结果用于考核的评议表批数',
      unit: '批',
      aggregate: {
        sum: 'record',
        where: {
          kind: ['家长委员会评议学校表', '家长和学生评议教师表'],
          use: ['学校考核', '教师年度考核'],
        },
      },
    },
    {
      id: 'appraisal.form.schools',
      label: '接受家长评议的学校数',
      unit: '所',
      aggregate: { distinct: { dim: 'object' }, of: 'record', where: { kind: '家长委员会评议学校表' } },
    },
    {
      id: 'appraisal.form.recommendations',
      label: '收回民主推荐表份数',
      unit: '份',
      aggregate: { sum: 'returned', where: { kind: '民主推荐表' } },
    },
    {
      id: 'appraisal.form.opinion-tests',
      label: '收回民意测试表份数',
      unit: '份',
      aggregate: { sum: 'returned', where: { kind: ['民意测试表', '民主测评表'] } },
    },
    {
      id: 'appraisal.form.union-issued',
      label: '职工和下级工会评议工会发出份数',
      unit: '份',
      aggregate: { sum: 'issued', where: { kind: ['职工评工会表', '下级工会评议上级工会表'] } },
    },
    {
      id: 'appraisal.form.union-returned',
      label: '职工和下级工会评议工会收回份数',
      unit: '份',
      aggregate: { sum: 'returned', where: { kind: ['职工评工会表', '下级工会评议上级工会表'] } },
    },
    {
      id: 'appraisal.form.union-return-rate',
      label: '职工和下级工会评议工会回收率',
      unit: '%',
      aggregate: { ratio: { numerator: 'appraisal.form.union-returned', denominator: 'appraisal.form.union-issued' } },
      definition: '收回份数 ÷ 发出份数，职工评工会和下级工会评议上级工会两种表合计',
    },
    {
      id: 'appraisal.form.cadre-issued',
      label: '民主推荐和民意测试发出份数',
      unit: '份',
      aggregate: { sum: 'issued', where: { kind: ['民主推荐表', '民意测试表', '民主测评表'] } },
    },
  ],
  clauses: [
    {
      text: '{period}组织家长和学生评议，发出{appraisal.form.parents-kinds}评议表{appraisal.form.parents-issued}，收回{appraisal.form.parents-returned}，回收率{appraisal.form.parents-return-rate}[，满意率{appraisal.form.parents-satisfaction-rate}][，接受评议的学校{appraisal.form.schools}][，其中{appraisal.form.parents-used}表的结果用作学校考核和教师年度考核的依据]。',
      weight: 76,
    },
    {
      text: '{period}协助发放民主推荐表和民意测试表{appraisal.form.cadre-issued}[，统计汇总推荐表{appraisal.form.recommendations}][，民意测试表{appraisal.form.opinion-tests}]。',
      weight: 54,
    },
    {
      text: '{period}组织职工评工会和下级工会评议上级工会，发出评议表{appraisal.form.union-issued}，收回{appraisal.form.union-returned}，回收率{appraisal.form.union-return-rate}。',
      weight: 55,
    },
  ],
  confidential: true,
  sample: {
    date: '2025-06-18',
    title: '学年度行风评议',
    kind: '家长委员会评议学校表',
    object: '城北实验小学',
    issued: '40',
    returned: '36',
    satisfied: '33',
    use: '学校考核',
  },
})
