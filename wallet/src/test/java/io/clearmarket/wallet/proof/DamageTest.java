package io.clearmarket.wallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Damaged files are refused. How much is tried is for whoever runs it; by default little, in a second or two.
 *
 * <ul>
 *   <li>{@code -Dclearmarket.damaged.files=20}: of so many files every byte is changed to every other value
 *   <li>{@code -Dclearmarket.damages=100000}: so many random damages
 * </ul>
 */
class DamageTest {
    private static final int WHOLE = Integer.getInteger("clearmarket.damaged.files", 0);
    private static final int EVERY = 255;

    private static final int FEW = 500;
    private static final int DAMAGES = Integer.getInteger("clearmarket.damages", FEW);
    /** As many as the random damages are spread over. */
    private static final int SIZE = WHOLE > 0 || DAMAGES > FEW ? 1_000 : 21;

    private static final SampleLog LOG = new SampleLog(SIZE);
    private static final List<byte[]> FILES =
            IntStream.range(0, SIZE).mapToObj(i -> LOG.file(i).encoded()).toList();

    private final ProofVerifier verifier = new ProofVerifier(LOG.policy());

    @Test
    void every_change_of_a_single_byte_is_refused() {
        AtomicLong tried = new AtomicLong();
        List<byte[]> files = WHOLE > 0 ? FILES.subList(SIZE - WHOLE, SIZE) : FILES.subList(5, 6);
        for (byte[] file : files) {
            verifier.verify(file);
            IntStream.range(0, file.length).forEach(at -> tried.addAndGet(changed(file, at)));
        }
        System.out.println(tried + " changes of a single byte refused");
        assertThat(tried.get())
                .isEqualTo(files.stream().mapToLong(file -> file.length).sum() * (WHOLE > 0 ? EVERY : 1));
    }

    /** Tries the changes of a byte, and answers how many those are. */
    private int changed(byte[] file, int at) {
        int first = WHOLE > 0 ? 1 : 1 << (at % Byte.SIZE);
        int last = WHOLE > 0 ? EVERY : first;
        byte[] damaged = file.clone();
        for (int change = first; change <= last; change++) {
            damaged[at] = (byte) (file[at] ^ change);
            if (!isRefused(damaged)) {
                throw new AssertionError("byte " + at + " changed by " + change + " is taken");
            }
        }
        return last - first + 1;
    }

    @Test
    void random_damage_is_refused() {
        Random random = new Random(20);
        for (int i = 0; i < DAMAGES; i++) {
            byte[] file = FILES.get(random.nextInt(SIZE)).clone();
            byte[] damaged = switch (random.nextInt(3)) {
                case 0 -> Arrays.copyOf(file, random.nextInt(file.length));
                case 1 -> Arrays.copyOf(file, file.length + 1 + random.nextInt(9));
                default -> {
                    int at = random.nextInt(file.length);
                    file[at] = (byte) (file[at] + 1 + random.nextInt(255));
                    yield file;
                }
            };
            assertThat(isRefused(damaged)).as("damage %d", i).isTrue();
        }
    }

    /** Any other failure than the verifier's own is a failure of the test. */
    private boolean isRefused(byte[] file) {
        try {
            verifier.verify(file);
            return false;
        } catch (InvalidProof refused) {
            return true;
        }
    }
}
