package cn.mingmian.engine;

import java.util.List;

/// Turn of the head in degrees, from six of the 68 landmarks and a generic head under scaled
/// orthographic projection: an estimate, good to some ten degrees, biased by the shape of the face.
///
/// @param yaw   positive when the nose points to the viewer's right
/// @param pitch positive when the nose points up
/// @param roll  positive clockwise for the viewer
record HeadPose(double yaw, double pitch, double roll) {
  /// x to the viewer's right, y down, z towards the viewer; a common generic head, nose tip at 0.
  private static final double[][] HEAD = {
    {0, 0, 0},
    {0, 330, -65},
    {-225, -170, -135},
    {225, -170, -135},
    {-150, 150, -125},
    {150, 150, -125}
  };

  private static final int[] LANDMARKS = {30, 8, 36, 45, 48, 54};

  static HeadPose of(List<Point> landmarks) {
    int n = HEAD.length;
    double[] mean = new double[3];
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < 3; k++) mean[k] += HEAD[i][k] / n;
      meanX += landmarks.get(LANDMARKS[i]).x() / n;
      meanY += landmarks.get(LANDMARKS[i]).y() / n;
    }
    double[][] gram = new double[3][3];
    double[] alongX = new double[3];
    double[] alongY = new double[3];
    for (int i = 0; i < n; i++) {
      double[] p = {HEAD[i][0] - mean[0], HEAD[i][1] - mean[1], HEAD[i][2] - mean[2]};
      for (int a = 0; a < 3; a++) {
        for (int b = 0; b < 3; b++) gram[a][b] += p[a] * p[b];
        alongX[a] += p[a] * (landmarks.get(LANDMARKS[i]).x() - meanX);
        alongY[a] += p[a] * (landmarks.get(LANDMARKS[i]).y() - meanY);
      }
    }
    double[] first = unit(solve(gram, alongX));
    double[] second = unit(solve(gram, alongY));
    // Rows of the rotation: where the picture's right and down lie in the head's own axes.
    double[] third = {
      first[1] * second[2] - first[2] * second[1],
      first[2] * second[0] - first[0] * second[2],
      first[0] * second[1] - first[1] * second[0]
    };
    // The head's own z axis (out of the face) as seen in the picture is the third column.
    double yaw = Math.toDegrees(Math.atan2(first[2], third[2]));
    double pitch = Math.toDegrees(Math.asin(Math.clamp(-second[2], -1, 1)));
    double roll = Math.toDegrees(Math.atan2(second[0], first[0]));
    return new HeadPose(yaw, pitch, roll);
  }

  private static double[] unit(double[] v) {
    double norm = Math.max(1e-12, Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]));
    return new double[] {v[0] / norm, v[1] / norm, v[2] / norm};
  }

  /// Cramer's rule; the head is not flat, so the determinant is not zero.
  private static double[] solve(double[][] m, double[] right) {
    double det = determinant(m);
    double[] x = new double[3];
    for (int column = 0; column < 3; column++) {
      double[][] swapped = new double[3][];
      for (int row = 0; row < 3; row++) {
        swapped[row] = m[row].clone();
        swapped[row][column] = right[row];
      }
      x[column] = determinant(swapped) / det;
    }
    return x;
  }

  private static double determinant(double[][] m) {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  }
}
