package io.clearmarket.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner may read, replaced whole or not at all. */
public final class PrivateFiles {
    private PrivateFiles() {}

    /**
     * Writes the file with mode 600, through a neighbour that is renamed over it: a crash leaves the old content or the
     * new, never half of one.
     *
     * @throws WalletException naming the file
     */
    public static void write(Path file, byte[] content) {
        try {
            Path folder = createFolder(file);
            Path temporary =
                    Files.createTempFile(folder, "." + file.getFileName(), ".tmp", ownerOnly(folder, "rw-------"));
            try {
                try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    ByteBuffer buffer = ByteBuffer.wrap(content);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                    channel.force(true);
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw WalletException.of(file, "cannot be written: " + reason(e), e);
        }
    }

    /** {@link #write(Path, byte[])} of UTF-8 text. */
    public static void write(Path file, String content) {
        write(file, content.getBytes(UTF_8));
    }

    /**
     * The whole file.
     *
     * @throws WalletException naming the file, if it is missing, unreadable or larger than a megabyte
     */
    public static byte[] read(Path file) {
        try {
            if (Files.size(file) > 1 << 20) {
                throw WalletException.of(
                        file, "is larger than a megabyte, so it is no key, certificate or transaction");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw WalletException.of(file, "cannot be read: " + reason(e), e);
        }
    }

    /** {@link #read} as UTF-8 text. */
    public static String readText(Path file) {
        return new String(read(file), UTF_8);
    }

    private static Path createFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new FileSystemException(file.toString(), null, "has no folder");
        }
        if (!Files.isDirectory(folder)) {
            Path existing = folder;
            while (existing.getParent() != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            Files.createDirectories(folder, ownerOnly(existing, "rwx------"));
        }
        return folder;
    }

    /** The permissions as attributes, or none on a file system without them. */
    private static FileAttribute<?>[] ownerOnly(Path where, String permissions) throws IOException {
        if (!Files.getFileStore(where).supportsFileAttributeView("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException none -> "there is no such file";
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException exists -> "a file is where a folder should be";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
