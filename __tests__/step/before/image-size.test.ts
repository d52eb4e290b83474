import { expect, test } from 'vitest';
import { versionSpec } from '../../../simulator/scenarios/base.ts';
import { fineTune, simulateRoboflow } from '../../roboflow/simulated-roboflow.ts';
import { rows } from '../../rows.ts';

const MODEL_TYPES = [
  ...['rfdetr-nano', 'rfdetr-small', 'rfdetr-2xlarge', 'rfdetr-seg-nano', 'yolov11n', 'yolo26x'],
  ...['rfdetr-nas-parent', 'vit-base-patch16-224-in21k'],
];

test.each(
  rows(`
  rfdetr-nano | {"width":384,"height":384} |
  rfdetr-nano | {"width":640,"height":640} |
  rfdetr-nano | {"width":768,"height":640} |
  rfdetr-nano | {"width":769,"height":640} | Version 7 has images of 769 x 640 pixels, and rfdetr-nano sees 384 x 384: small objects may be lost.
  rfdetr-nano | {"width":"2048","height":"2048"} | Version 7 has images of 2048 x 2048 pixels, and rfdetr-nano sees 384 x 384: small objects may be lost.
  rfdetr-nano | {"width":320,"height":384} |
  rfdetr-nano | {"width":320,"height":320} | Version 7 has images of 320 x 320 pixels, and rfdetr-nano sees 384 x 384: a version with larger images could show it more.
  rfdetr-2xlarge | {"width":640,"height":640} | Version 7 has images of 640 x 640 pixels, and rfdetr-2xlarge sees 880 x 880: a version with larger images could show it more.
  yolov11n | {"width":416,"height":416} | Version 7 has images of 416 x 416 pixels, and yolov11n sees 640 x 640: a version with larger images could show it more.
  yolo26x | {"width":640,"height":640} |
  rfdetr-seg-nano | {"width":64,"height":64} |
  rfdetr-nas-parent | {"width":64,"height":64} |
  vit-base-patch16-224-in21k | {"width":64,"height":64} |
  rfdetr-nano | {"format":"Stretch to"} |
  rfdetr-nano | {"width":0,"height":0} |
  rfdetr-nano | null |
  `),
)(
  'a dry run holds images against what the model type sees: %s, %s',
  async (modelType = '', resize = '', says = '') => {
    const versions = [versionSpec(7, { preprocessing: { resize: JSON.parse(resize) } })];
    const modelTypes = [...MODEL_TYPES, modelType];
    await using roboflow = await simulateRoboflow({
      scenario: fineTune({ versions, seeded: [], modelTypes }),
    });
    const given = { 'model-type': modelType, thresholds: '' };
    const dry = await roboflow.runStep({ ...given, 'dry-run': 'true' });
    expect(dry.outputs.get('outcome')).toBe('checked');
    expect(dry.warnings).toEqual(says === '' ? [] : [says]);
  },
);
