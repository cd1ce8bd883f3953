import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [{ path: '/privacy/mine', load: () => import('./Mine.tsx'), name: 'Mine' }],
  menu: [{ group: '我的', to: '/privacy/mine', title: '我的信息', icon: 'shield', order: 90 }],
})
