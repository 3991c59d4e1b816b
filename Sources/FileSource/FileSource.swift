// NOTE TO THE COLLECT HELPER: the integrator has taken this room (FileSource, CSV and JSON Lines,
// Tests/FileSourceTests) to even out the load and writes it in main against your Collection API.
// Leave Sources/FileSource and Tests/FileSourceTests alone; finish Bitrix24 and OneC, and commit
// Collection + mapping as soon as it compiles, please: others wait for it.
