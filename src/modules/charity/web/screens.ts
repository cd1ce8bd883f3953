import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [
    { path: '/charity/drives', load: () => import('./Drives.tsx'), name: 'Drives' },
    { path: '/charity/drives/$id', load: () => import('./Drive.tsx'), name: 'DrivePage' },
    { path: '/charity/mine', load: () => import('./MyGifts.tsx'), name: 'MyGifts' },
    { path: '/charity/pairs', load: () => import('./Pairs.tsx'), name: 'Pairs' },
  ],
  menu: [
    {
      group: '职工服务',
      to: '/charity/drives',
      title: '募捐和结对',
      icon: 'people',
      permissions: ['charity.write'],
      order: 70,
    },
    { group: '我的', to: '/charity/mine', title: '我的捐款', icon: 'people', order: 72 },
  ],
})
