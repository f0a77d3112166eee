export { isMaskedNumber, maskNumber } from '@lumbung/core/kernel'
