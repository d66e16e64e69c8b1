/** Sub-path `xiaopiao/logos`: stores pictures in the printer. */

export { hashOfBitmap, type StoredLogo } from '../model/logo.js'
export {
  type LogoMemory,
  type LogoOptions,
  type LogoUpload,
  type LogoUploadOptions,
  listLogos,
  removeLogo,
  uploadLogo,
} from './logo-store.js'
export { type NvImages, replaceNvImages } from './nv-images.js'
