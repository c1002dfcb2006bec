package cn.mingmian.server.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses bodies above the limit: by their stated length before a byte is read, and by counting
/// where no length was stated.
public final class BodyLimitFilter extends OncePerRequestFilter {

  /// The largest body that is read: 12 MiB.
  public static final int LIMIT_IN_BYTES = 12 * 1024 * 1024;

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > LIMIT_IN_BYTES) {
      throw tooLarge();
    }
    chain.doFilter(request.getContentLengthLong() >= 0 ? request : new Counted(request), response);
  }

  public static ProblemException tooLarge() {
    return new ProblemException(
        ProblemCode.PAYLOAD_TOO_LARGE,
        "a body of at most %d bytes is read".formatted(LIMIT_IN_BYTES));
  }

  private static final class Counted extends HttpServletRequestWrapper {

    Counted(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      ServletInputStream in = super.getInputStream();
      return new ServletInputStream() {
        private long count;

        @Override
        public int read() throws IOException {
          int one = in.read();
          if (one >= 0) {
            add(1);
          }
          return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int many = in.read(bytes, offset, length);
          if (many > 0) {
            add(many);
          }
          return many;
        }

        private void add(int more) {
          count += more;
          if (count > LIMIT_IN_BYTES) {
            throw tooLarge();
          }
        }

        @Override
        public boolean isFinished() {
          return in.isFinished();
        }

        @Override
        public boolean isReady() {
          return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
          in.setReadListener(listener);
        }
      };
    }
  }
}
