package io.clearmarket.network.embedded.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.identity.Pem;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.security.cert.CertificateEncodingException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What binds a signed request to the connection that it came over where TLS is mutual: the header's {@code tls_cert_hash} is the SHA-256
 * of the certificate that the client shows (Fabric's BindingInspector; it looks at block streams only).
 *
 * @param certificate in DER; empty where the client shows none
 * @param mutual whether clients must show one
 */
public record TlsBinding(ByteString certificate, boolean mutual) {
    private static final TlsBinding NONE = new TlsBinding(ByteString.EMPTY, false);
    private static final Context.Key<TlsBinding> KEY = Context.keyWithDefault("tls-binding", NONE);

    /** Of the call that is being answered; to be asked in the service method itself. */
    public static TlsBinding current() {
        return KEY.get();
    }

    /** True if a request with this {@code tls_cert_hash} may come over the connection. */
    public boolean allows(ByteString claimed) {
        return !mutual || hash(certificate.toByteArray()).equals(claimed);
    }

    /** True if this names the client's certificate: by its hash or, as Fabric's own {@code discover} does, by that of its PEM form. */
    public boolean isNamedBy(ByteString claimed) {
        byte[] der = certificate.toByteArray();
        return hash(der).equals(claimed)
                || hash(Pem.encode("CERTIFICATE", der).getBytes(UTF_8)).equals(claimed);
    }

    private static ByteString hash(byte[] bytes) {
        return ByteString.copyFrom(Digests.sha256(bytes));
    }

    /** Makes {@link #current} known to the handlers behind it. */
    static final class Interceptor implements ServerInterceptor {
        private final boolean mutual;

        Interceptor(boolean mutual) {
            this.mutual = mutual;
        }

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
            Context bound = Context.current().withValue(KEY, session == null ? NONE : of(session));
            return Contexts.interceptCall(bound, call, headers, next);
        }

        private TlsBinding of(SSLSession session) {
            try {
                byte[] certificate = session.getPeerCertificates()[0].getEncoded();
                return new TlsBinding(ByteString.copyFrom(certificate), mutual);
            } catch (SSLPeerUnverifiedException | CertificateEncodingException none) {
                return NONE;
            }
        }
    }
}
