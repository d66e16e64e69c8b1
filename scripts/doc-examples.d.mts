export function exampleProgram(): string
