import { z } from 'zod'
import { day } from '../../kernel/http/parse.ts'

/** What can be asked of the accounts module. */
const numberId = z.number('请选择').int().positive('请选择')
const words = (title: string) =>
  z.string(`请填写${title}`).trim().min(2, `请填写${title}`).max(200, `${title}请不超过 200 字`)
const password = z.string('请输入密码').min(1, '请输入密码').max(128, '密码请不要超过 128 个字符')

export const signInBody = z.object({
  name: z.string('请输入登录名、工号或手机号').trim().min(1, '请输入登录名、工号或手机号').max(60),
  password,
  shared: z.boolean().default(false),
})
export const codeBody = z.object({ code: z.string('请输入动态口令').trim().min(1, '请输入动态口令').max(20) })
export const passwordBody = z.object({ current: password, password })
export const currentOfficeBody = z.object({ officeId: numberId })

export const accountBody = z.object({
  login: z.string('请填写登录名').trim().min(2, '登录名应为 2 至 40 个字').max(40, '登录名应为 2 至 40 个字'),
  name: z.string().trim().min(1).max(40).optional(),
  personId: numberId.optional(),
  unitId: numberId.optional(),
})
export const reasonBody = z.object({ reason: words('原因') })

export const appointBody = z.object({
  accountId: numberId,
  unitId: numberId,
  role: z.string('请选择职务').min(1, '请选择职务').max(40),
  startsOn: day,
  title: z.string().trim().max(60, '职务名称请不超过 60 字').optional(),
  document: z.string().trim().max(100).optional(),
})
export const leaveBody = z.object({ onDay: day, reason: words('离任原因') })
export const delegateBody = z.object({ accountId: numberId, startsOn: day, endsOn: day, reason: words('授权原因') })
export const handOverBody = z.object({
  toAccountId: numberId,
  onDay: day,
  reason: words('交接原因'),
  document: z.string().trim().max(100).optional(),
})
export const officesQuery = z.object({
  unitId: z.coerce.number().int().positive().optional(),
  accountId: z.coerce.number().int().positive().optional(),
  past: z.stringbool().default(false),
})

export const slipsBody = z.object({
  personIds: z.array(numberId).max(2000, '一次最多打印 2000 张').optional(),
  accountIds: z.array(numberId).max(2000, '一次最多打印 2000 张').optional(),
  unitId: numberId.optional(),
  /** Days until the code expires. */
  days: z.number().int().min(1).max(90).default(30),
})
export const activateBody = z.object({
  code: z.string('请输入激活码').trim().min(1, '请输入激活码').max(40),
  login: z.string().trim().min(2, '登录名应为 2 至 40 个字').max(40, '登录名应为 2 至 40 个字').optional(),
  password,
  shared: z.boolean().default(false),
})
export const setupBody = z.object({
  token: z.string('设置链接不完整').min(20, '设置链接不完整').max(100),
  name: z.string('请填写姓名').trim().min(1, '请填写姓名').max(40),
  login: z.string('请填写登录名').trim().min(2, '登录名应为 2 至 40 个字').max(40, '登录名应为 2 至 40 个字'),
  password,
  unit: z
    .object({
      code: z.string('请填写单位编号').trim().min(1, '请填写单位编号').max(40),
      name: z.string('请填写单位名称').trim().min(1, '请填写单位名称').max(100),
      type: z.string('请选择单位类型').min(1, '请选择单位类型'),
    })
    .optional(),
})
export const resetBody = z.object({ accountId: numberId, reason: words('重置原因') })
export const whoQuery = z.object({
  unitId: z.coerce.number().int().positive(),
  permission: z.string('请选择权限').min(3, '请选择权限').max(80),
})
export const auditQuery = z.object({
  from: day.optional(),
  to: day.optional(),
  action: z.string().max(80).optional(),
  actorId: z.coerce.number().int().nonnegative().optional(),
  objectKind: z.string().max(40).optional(),
  objectId: z.coerce.number().int().positive().optional(),
  unitId: z.coerce.number().int().positive().optional(),
  text: z.string().trim().max(60).optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const revealBody = z.object({
  personId: numberId,
  field: z.enum(['idNo', 'phone', 'bank'], '请选择要查看的内容'),
  reason: words('查看原因'),
})
export const listQuery = z.object({
  unitId: z.coerce.number().int().positive().optional(),
  text: z.string().trim().max(40).optional(),
  after: z.coerce.number().int().nonnegative().default(0),
})
export const limitsBody = z.object({
  idleMinutes: z.number().int().min(15, '15 至 480 分钟').max(480, '15 至 480 分钟'),
  absoluteHours: z.number().int().min(1, '1 至 24 小时').max(24, '1 至 24 小时'),
})
const ceremony = z.looseObject({ id: z.string('通行密钥的回答不完整').min(1), response: z.looseObject({}) })
export const passkeyBody = z.object({
  name: z.string('请给这个通行密钥起个名字').trim().min(1, '请给这个通行密钥起个名字').max(40),
  response: ceremony,
})
export const passkeyAnswerBody = z.object({ response: ceremony })
