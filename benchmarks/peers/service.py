"""The same four ONNX files behind FastAPI and uvicorn: what a Python team would build.

One process a core, one intra-op thread a session, OpenCV for decoding, resizing and warping, numpy
for the rest. Same steps, same inputs, same answer as the Java service it is measured against.
Usage: python service.py MODELS_DIR PORT WORKERS
"""

import os
import sys

import cv2
import numpy as np
import onnxruntime as ort
from fastapi import FastAPI, Request

MODELS = os.environ.get("MODELS", "")
TEMPLATE_POINTS = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]],
    np.float32,
)


def session(name):
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return ort.InferenceSession(os.path.join(MODELS, name), options, providers=["CPUExecutionProvider"])


if MODELS:
    cv2.setNumThreads(1)
    DETECT, LANDMARK = session("fr_detect.onnx"), session("fr_landmark.onnx")
    FEATURE, LIVENESS = session("fr_feature.onnx"), session("fr_liveness.onnx")

app = FastAPI()


def best_face(image):
    height, width = image.shape[:2]
    small = cv2.resize(image, (320, 240), interpolation=cv2.INTER_AREA if width > 320 else cv2.INTER_LINEAR)
    planes = ((small[:, :, ::-1].astype(np.float32) - 127) / 128).transpose(2, 0, 1)[None]
    scores, boxes = DETECT.run(None, {"input": np.ascontiguousarray(planes)})
    scores = scores[0, :, 1]
    keep = scores >= 0.6
    if not keep.any():
        return None
    scores, boxes = scores[keep], boxes[0][keep] * [width, height, width, height]
    corner_sizes = np.concatenate([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]], axis=1)
    kept = cv2.dnn.NMSBoxes(corner_sizes.tolist(), scores.tolist(), 0.6, 0.4)
    return boxes[np.asarray(kept).flatten()[0]]


def crop(image, left, top, side, size):
    """A square of the image, zero outside it, scaled to size."""
    matrix = np.array([[size / side, 0, -left * size / side], [0, size / side, -top * size / side]])
    return cv2.warpAffine(image, matrix, (size, size), flags=cv2.INTER_LINEAR)


def landmarks(grey, centre_x, centre_y, side):
    left, top = centre_x - side / 2, centre_y - side / 2
    patch = crop(grey, left, top, side, 64).astype(np.float32)[None, None] / 256
    points = LANDMARK.run(None, {"input": patch})[0].reshape(68, 2)
    return points * side + [left, top]


def five(points):
    return np.array(
        [
            points[[37, 38, 40, 41]].mean(0),
            points[[43, 44, 46, 47]].mean(0),
            points[30],
            points[[48, 60]].mean(0),
            points[[54, 64]].mean(0),
        ],
        np.float32,
    )


def similarity(source, target):
    """Least-squares similarity with four degrees of freedom."""
    a = np.zeros((10, 4))
    a[0::2] = np.stack([source[:, 0], -source[:, 1], np.ones(5), np.zeros(5)], 1)
    a[1::2] = np.stack([source[:, 1], source[:, 0], np.zeros(5), np.ones(5)], 1)
    s, r, x, y = np.linalg.lstsq(a, target.flatten(), rcond=None)[0]
    return np.array([[s, -r, x], [r, s, y]])


def liveness(image, box):
    height, width = image.shape[:2]
    box_height = box[3] - box[1]
    scale = min(2.7, (width - 1) / box_height, (height - 1) / box_height)
    side = box_height * scale
    left = np.clip((box[0] + box[2]) / 2 - side / 2, 0, max(0, width - side))
    top = np.clip((box[1] + box[3]) / 2 - side / 2, 0, max(0, height - side))
    patch = crop(image, left, top, side, 128).astype(np.float32).transpose(2, 0, 1)[None]
    logits = LIVENESS.run(None, {"input": np.ascontiguousarray(patch)})[0][0]
    exp = np.exp(logits - logits.max())
    return float(exp[0] / exp.sum())


@app.post("/faces")
async def faces(request: Request):
    body = await request.body()
    image = cv2.imdecode(np.frombuffer(body, np.uint8), cv2.IMREAD_COLOR)
    box = best_face(image)
    if box is None:
        return {"face": False}
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    points = landmarks(grey, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, 1.1 * (box[3] - box[1]))
    low, high = points.min(0), points.max(0)
    points = landmarks(grey, *((low + high) / 2), 1.1 * (high - low).max())
    live = liveness(image, box)
    aligned = cv2.warpAffine(image, similarity(five(points), TEMPLATE_POINTS), (112, 112), flags=cv2.INTER_LINEAR)
    planes = ((aligned.astype(np.float32) - 127) / 128).transpose(2, 0, 1)[None]
    template = FEATURE.run(None, {"input": np.ascontiguousarray(planes)})[0][0]
    template /= np.linalg.norm(template)
    return {"face": True, "box": [float(v) for v in box], "liveness": live, "norm": float(np.linalg.norm(template))}


if __name__ == "__main__":
    import uvicorn

    os.environ["MODELS"] = sys.argv[1]
    uvicorn.run("service:app", host="127.0.0.1", port=int(sys.argv[2]), workers=int(sys.argv[3]), log_level="warning")
