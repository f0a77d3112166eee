export { isMaskedNumber, maskNumber } from '@lumbung/core/village'
