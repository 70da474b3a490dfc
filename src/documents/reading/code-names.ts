/** Which file names are source code, configuration or another text for programs. */

const endings = new Set(
  `
  ada adb ads asm astro awk bas bash bat c cc cfg cjs clj cljs cmake cmd coffee conf cpp cs css cts cu cxx d dart
  diff ejs el elm env erl ex exs f f03 f77 f90 f95 fish for fs fsx gd glsl go gradle graphql groovy h handlebars hbs
  hcl hh hlsl hpp hrl hs hxx idl ini ino ipynb java jl js json json5 jsonc jsonl jsx kt kts less lisp lock lua m mjs
  mk ml mli mm mts ndjson nim nix pas patch php pl plist pm pp properties proto ps1 psm1 purs py pyi pyx r rb rkt rs
  sass sbt scala scm scss sh sol sql styl sv svelte svg swift tcl tf toml ts tsx v vb vbs vhd vhdl vim vue wat wgsl
  xml xsd xsl xslt yaml yml zig zsh
  `
    .trim()
    .split(/\s+/),
);

const wholeNames = new Set(
  'dockerfile containerfile makefile gnumakefile cmakelists.txt rakefile gemfile procfile justfile jenkinsfile vagrantfile brewfile .gitignore .gitattributes .dockerignore .editorconfig .npmrc .env .bashrc .zshrc .profile'.split(
    ' ',
  ),
);

/** @param name in lower case, without its folder */
export function isCodeName(name: string, ending: string): boolean {
  return endings.has(ending) || wholeNames.has(name);
}
