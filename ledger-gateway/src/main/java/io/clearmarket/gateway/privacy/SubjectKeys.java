package io.clearmarket.gateway.privacy;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.identity.PartyId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * One AES-256 key for each subject, in a file of its own and never in the database: whatever is left there in write-ahead logs, dead rows
 * and backups cannot be opened once the file is gone. Backups must leave this folder out, or forget as well.
 */
final class SubjectKeys {
    private static final int KEY_BYTES = 32;

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    SubjectKeys(Path folder) {
        this.folder = folder;
    }

    /** The subject's key of this number, made if there is none. */
    SecretKey orMake(PartyId subject, int number) {
        return find(subject, number).orElseGet(() -> {
            byte[] key = new byte[KEY_BYTES];
            random.nextBytes(key);
            PrivateFiles.write(file(subject, number), key);
            return new SecretKeySpec(key, "AES");
        });
    }

    Optional<SecretKey> find(PartyId subject, int number) {
        Path file = file(subject, number);
        return Files.exists(file) ? Optional.of(new SecretKeySpec(PrivateFiles.read(file), "AES")) : Optional.empty();
    }

    /** Destroys every key of the subject whose number is smaller; what is gone already is no error. */
    void destroyBefore(PartyId subject, int number) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> isOf(subject, each)).toList()) {
                if (number(file) < number) {
                    destroy(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a key of subject " + subject + " cannot be destroyed", e);
        }
    }

    /** Overwritten first: a file system that journals only names would leave the bytes in place. */
    private static void destroy(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(KEY_BYTES));
            channel.force(true);
        } catch (NoSuchFileException gone) {
            return;
        }
        Files.delete(file);
    }

    private Path file(PartyId subject, int number) {
        return folder.resolve(subject.value() + "-" + number + ".key");
    }

    private static boolean isOf(PartyId subject, Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(subject.value() + "-") && name.endsWith(".key");
    }

    private static int number(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1, name.length() - ".key".length()));
    }
}
