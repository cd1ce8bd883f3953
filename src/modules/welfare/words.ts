export const SCOPES = ['全员体检', '在职体检', '退休体检', '劳模体检', '专项体检'] as const
export const CHECK_UP_ROLLS = ['all', 'women', 'retired', 'listed'] as const
export const PARTS = ['上午', '下午'] as const
export const CHECK_UP_STATES = { draft: '未开始', open: '预约中', closed: '已结束', cancelled: '已取消' } as const
/** How far somebody due has come. */
export const STEPS = { due: '未预约', booked: '已预约', attended: '已体检' } as const
