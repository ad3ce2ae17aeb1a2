package io.clearmarket.gateway.content;

import io.clearmarket.chaincode.api.Digest;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.AbstractResource;
import org.springframework.dao.DataAccessException;

/**
 * A stored document that is read part by part while it is given out: a slow reader of a long one holds a part of it in memory, and no connection to the
 * database.
 */
public final class KeptDocument extends AbstractResource {
    /** In bytes. */
    static final int PART = 256 * 1024;

    private final ContentStore store;
    private final Digest hash;
    private final String mediaType;
    private final String storedBy;
    private final long length;

    KeptDocument(ContentStore store, Digest hash, String mediaType, String storedBy, long length) {
        this.store = store;
        this.hash = hash;
        this.mediaType = mediaType;
        this.storedBy = storedBy;
        this.length = length;
    }

    /** Its SHA-256. */
    public Digest hash() {
        return hash;
    }

    /** As said by who stored it. */
    public String mediaType() {
        return mediaType;
    }

    /** The party id or the token's subject. */
    public String storedBy() {
        return storedBy;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public InputStream getInputStream() {
        return new Parts();
    }

    @Override
    public String getDescription() {
        return "document " + hash;
    }

    private final class Parts extends InputStream {
        private byte[] part = {};
        private int at;
        private long end;

        @Override
        public int read() throws IOException {
            return fill() ? Byte.toUnsignedInt(part[at++]) : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int wanted) throws IOException {
            if (wanted == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int n = Math.min(wanted, part.length - at);
            System.arraycopy(part, at, buffer, offset, n);
            at += n;
            return n;
        }

        /** Without what is skipped: a reader that asks for a range gets it at once. */
        @Override
        public long skip(long n) throws IOException {
            long skipped = Math.clamp(n, 0, length - end + part.length - at);
            long inPart = Math.min(skipped, part.length - at);
            at += (int) inPart;
            end += skipped - inPart;
            return skipped;
        }

        private boolean fill() throws IOException {
            if (at == part.length && end < length) {
                try {
                    part = store.part(hash, end, PART);
                } catch (DataAccessException e) {
                    throw new IOException(getDescription() + " can't be read on", e);
                }
                at = 0;
                end += part.length;
            }
            return at < part.length;
        }
    }
}
