package io.clearmarket.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaincodeJarTest {
    @TempDir
    Path directory;

    @Test
    void a_jar_is_kept_with_the_libraries_beside_it() throws Exception {
        Path library = Files.createDirectories(directory.resolve("built/lib")).resolve("shim.jar");
        Files.writeString(library, "a library");
        Path jar = jar("lib/shim.jar lib/missing.jar " + library.toUri());

        Path kept = ChaincodeJar.keep(jar, directory.resolve("kept"));

        assertThat(kept).isEqualTo(directory.resolve("kept/market.jar")).hasSameBinaryContentAs(jar);
        assertThat(directory.resolve("kept/lib/shim.jar")).hasContent("a library");
        assertThat(directory.resolve("kept/lib")).isDirectoryNotContaining("glob:**missing.jar");
    }

    @Test
    void a_class_path_that_leads_out_of_the_folder_is_refused() throws Exception {
        Path jar = jar("../../etc/passwd");

        assertThatThrownBy(() -> ChaincodeJar.keep(jar, directory.resolve("kept")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("../../etc/passwd");
    }

    private Path jar(String classPath) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        Path jar = Files.createDirectories(directory.resolve("built")).resolve("market.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream content = new JarOutputStream(file, manifest)) {
            content.finish();
        }
        return jar;
    }
}
