import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR, MINUTE, clock } from '../../src/lib/clock.js';
import { newId } from '../../src/lib/ids.js';
import { prune } from '../../src/operations/prune.js';
import { FOLDER, withPhotos } from '../../src/reviews/photo-files.js';
import { aProduct } from '../support/factories.js';
import { aPhoto, forgetPhotos, keptPhotos } from '../support/photos.js';
import { aReview } from '../support/reviews.js';

describe('The files of photos', () => {
  beforeEach(forgetPhotos);

  it('are all gone again when what they were for fails', async () => {
    const photo = await aPhoto();
    const failing = withPhotos(newId(), [photo, photo], (addresses) => {
      expect(addresses).to.have.length(2);
      expect(keptPhotos()).to.have.length(2);
      return Promise.reject(new Error('no row'));
    });
    expect(await failing.catch((error: Error) => error.message)).to.equal('no row');
    expect(keptPhotos()).to.deep.equal([]);
  });

  it('that no review names are swept away after an hour: of a crash, of a removed or an edited review', async () => {
    const review = await aReview(await aProduct());
    await withPhotos(review.id, [await aPhoto()], (images) => review.update({ images }));
    const [named] = keptPhotos();
    const orphans = [
      `${review.id}-${newId()}.webp`,
      `${newId()}-${newId()}.webp`,
      `${newId()}-${newId()}.webp.part`,
    ];
    for (const name of orphans) writeFileSync(join(FOLDER, name), 'x');

    clock.advance(59 * MINUTE);
    await prune();
    expect(keptPhotos()).to.have.members([named, ...orphans]);
    clock.advance(HOUR);
    await prune();
    expect(keptPhotos()).to.deep.equal([named]);
    await review.destroy();
    await prune();
    expect(keptPhotos()).to.deep.equal([]);
  });
});
