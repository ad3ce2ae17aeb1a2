package io.clearmarket.wallet.store;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.WalletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Named folders that appear whole: filled under another name, then renamed. */
final class EntryFolders {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    private final Path root;
    private final String marker;

    /** @param marker the file without which a folder is no entry */
    EntryFolders(Path root, String marker) {
        this.root = root;
        this.marker = marker;
    }

    /** A file of an entry; {@link WalletException} if the name would lead elsewhere. */
    Path file(String name, String file) {
        return folder(name).resolve(file);
    }

    private Path folder(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new WalletException("a key's name has up to 64 letters, digits and ._@- and begins with a letter or"
                    + " digit, unlike \"" + name + "\"");
        }
        return root.resolve(name);
    }

    List<String> names() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(entry -> Files.exists(entry.resolve(marker)))
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw WalletException.of(root, "cannot be listed: " + e.getMessage(), e);
        }
    }

    void add(String name, Map<String, byte[]> files) {
        Path target = folder(name);
        Path filling =
                root.resolve(".new-" + name + "-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
        try {
            files.forEach((file, content) -> PrivateFiles.write(filling.resolve(file), content));
            Files.move(filling, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            String reason = Files.exists(target)
                    ? "there is a key of this name already; keys are never overwritten"
                    : "cannot be made: " + e.getMessage();
            throw WalletException.of(target, reason, e);
        } finally {
            delete(filling);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw WalletException.of(folder, "is left over and cannot be deleted: " + e.getMessage(), e);
        }
    }
}
