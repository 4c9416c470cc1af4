import QRCode from 'qrcode';

/** The QR that a phone's camera reads, rendered here from the code: a vendor's picture may expire or be another's. */
const LOOK = { errorCorrectionLevel: 'M', margin: 4, width: 480 } as const;

export const qrPng = (lpa: string) => QRCode.toBuffer(lpa, LOOK);

export const qrDataUrl = (lpa: string) => QRCode.toDataURL(lpa, LOOK);
