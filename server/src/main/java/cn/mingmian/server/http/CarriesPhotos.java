package cn.mingmian.server.http;

/// A request body with photos in it: readable as `application/json` with base64 and as
/// `multipart/form-data`. The photos are bytes, never text; closing zeroes them.
public interface CarriesPhotos extends AutoCloseable {

  /// Zeroes every photo. Idempotent.
  @Override
  void close();
}
